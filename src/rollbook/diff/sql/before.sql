-- grain: one row per published record of {resource} under the id it goes on with
-- `was` is the published id of a re-keyed record and `evidence` says why, else both are null.
select
    {columns},
    r.was,
    r.evidence
from "linked_{resource}" as p
left join "rekeys_{resource}" as r on p.sourcedId = r.was
{joins}
