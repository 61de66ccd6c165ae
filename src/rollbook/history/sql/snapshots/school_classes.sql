-- grain: one row per class: those of the school as they were, those of others as they are
with back as (
    select o.*
    from old_classes as o
    semi join restored_school as s on o.schoolSourcedId = s.sourcedId
)

select b.*
from back as b
union all by name
select n.*
from now_classes as n
anti join restored_school as s on n.schoolSourcedId = s.sourcedId
anti join back as b on n.sourcedId = b.sourcedId
