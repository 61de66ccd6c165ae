-- grain: one row per org: the restored school as it was, all others as they are
select o.*
from old_orgs as o
semi join restored_school as s on o.sourcedId = s.sourcedId
union all by name
select n.*
from now_orgs as n
anti join restored_school as s on n.sourcedId = s.sourcedId
