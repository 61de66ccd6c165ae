-- grain: one row per record of {resource} that is new or changed, as it will be
create or replace table "becomes_{resource}" as
select n.*
from "next_{resource}" as n
semi join "changes_{resource}" as c on n.sourcedId = c.sourcedId
