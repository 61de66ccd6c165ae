-- grain: one row per published record of {resource} that changes or goes, under the id it goes on with
create or replace table "was_{resource}" as
select p.*
from "before_{resource}" as p
semi join "changes_{resource}" as c on p.sourcedId = c.sourcedId
