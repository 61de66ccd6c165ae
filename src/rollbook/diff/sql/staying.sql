-- grain: one row per record of {resource} that stays, because all that it needs does
create or replace table "staying_{resource}" as
select c.sourcedId
from "stays_{resource}" as c
inner join "before_{resource}" as p on c.sourcedId = p.sourcedId
{needs}
