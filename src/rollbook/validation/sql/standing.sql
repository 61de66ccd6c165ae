-- grain: one row per id of {resource} that others may refer to; another source's may be there twice
-- An id of which the delivery has a row means that row, usable or not, never another source's record.
create or replace table "standing_{resource}" as
select v.sourcedId
from "valid_{resource}" as v
union all
select k.sourcedId
from "kept_{resource}" as k
union all
select o.sourcedId
from "others_{resource}" as o
anti join "{resource}" as d on o.sourcedId = d.sourcedId
