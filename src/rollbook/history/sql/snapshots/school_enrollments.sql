-- grain: one row of enrollments: those at the school as they were, those at others as they are
with back as (
    select o.*
    from old_enrollments as o
    semi join restored_school as s on o.schoolSourcedId = s.sourcedId
)

select b.*
from back as b
union all by name
select n.*
from now_enrollments as n
anti join restored_school as s on n.schoolSourcedId = s.sourcedId
anti join back as b on n.sourcedId = b.sourcedId
