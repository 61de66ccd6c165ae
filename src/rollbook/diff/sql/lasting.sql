-- grain: one row per id of {resource} that a record which stays may refer to: not one that is replaced
create or replace view "lasting_{resource}" as
select n.sourcedId
from "next_{resource}" as n
anti join ({replaced}) as r on n.sourcedId = r.sourcedId
union all
select f.sourcedId
from "foreign_{resource}" as f
