-- grain: one row of roles: those at the school as they were, those at others as they are
with back as (
    select o.*
    from old_roles as o
    semi join restored_school as s on o.orgSourcedId = s.sourcedId
)

select b.*
from back as b
union all by name
select n.*
from now_roles as n
anti join restored_school as s on n.orgSourcedId = s.sourcedId
anti join back as b on n.sourcedId = b.sourcedId
