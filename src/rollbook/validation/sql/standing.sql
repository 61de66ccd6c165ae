-- grain: one row per id of {resource} that others may refer to; another source's may be there twice
create or replace table "standing_{resource}" as
select v.sourcedId
from "valid_{resource}" as v
union all
select k.sourcedId
from "kept_{resource}" as k
union all
select f.sourcedId
from "foreign_{resource}" as f
