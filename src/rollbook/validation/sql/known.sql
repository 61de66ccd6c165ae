-- grain: one row per id of {resource} that stands, or did
create or replace view "known_{resource}" as
select s.sourcedId
from "standing_{resource}" as s
union all
select p.sourcedId
from "published_{resource}" as p
