-- grain: one row per kept record of {resource}, as it is published, without links to what goes
create or replace view "restated_{resource}" as
select
    {fields},
    p.metadata
from "published_{resource}" as p
semi join "kept_{resource}" as k on p.sourcedId = k.sourcedId
{joins}
