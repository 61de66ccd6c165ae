-- grain: one row per record of {resource} that hangs on a record which is replaced, before or after
create or replace table "replaced_{resource}" as
select n.sourcedId
from "next_{resource}" as n
inner join "before_{resource}" as p on n.sourcedId = p.sourcedId
where {hangs}
