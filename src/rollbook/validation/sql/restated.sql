-- grain: one row per record of {published} that stays, as it is published, without links to what goes
select
    {fields},
    p.metadata
from "{published}" as p
semi join "{kept}" as k on p.sourcedId = k.sourcedId
{joins}
