-- grain: one row per id of {resource} that its own records may refer to
create or replace view "lasting_{resource}" as
select c.sourcedId
from "{coming}_{resource}" as c
anti join "stays_{resource}" as s on c.sourcedId = s.sourcedId
union all
select s.sourcedId
from "staying_{resource}" as s
union all
select f.sourcedId
from "foreign_{resource}" as f
