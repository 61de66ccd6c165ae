-- grain: one row per row of {resource} that may go on, unique by sourcedId
create or replace view "valid_{resource}" as
select
    {fields},
    t.metadata
from "{resource}" as t
{joins}
anti join "set_aside_{resource}" as a on t.record = a.record
where
    t.sourcedId is not null
    and coalesce(t.status, 'active') <> 'tobedeleted'
