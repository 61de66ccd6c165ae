-- grain: one row per course: those of the school as they were, all others as they are, and those
-- that a class of the school needs and nobody has any more
with back as (
    select o.*
    from old_courses as o
    semi join restored_school as s on o.orgSourcedId = s.sourcedId
    union all by name
    select o.*
    from old_courses as o
    semi join wanted_classes as c on o.sourcedId = c.courseSourcedId
    anti join restored_school as s on o.orgSourcedId = s.sourcedId
    anti join now_courses as n on o.sourcedId = n.sourcedId
)

select b.*
from back as b
union all by name
select n.*
from now_courses as n
anti join restored_school as s on n.orgSourcedId = s.sourcedId
anti join back as b on n.sourcedId = b.sourcedId
