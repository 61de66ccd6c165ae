-- grain: one row per record of {source} under the id it goes on with
-- `was` is the published id of a re-keyed record and `evidence` says why, else both are null.
select
    {columns},
    own.was,
    own.evidence
from "{source}" as p -- noqa: AL05
{joins}
