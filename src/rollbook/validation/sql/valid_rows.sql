-- grain: one row per row of {resource} that may go on, unique by sourcedId, with its place in the files
create or replace view "valid_rows_{resource}" as
select
    t.row,
    t.file,
    t.record,
    {fields},
    t.metadata
from "{resource}" as t
{joins}
anti join "set_aside_{resource}" as a on t.row = a.row
where
    t.sourcedId is not null
    and coalesce(t.status, 'active') <> 'tobedeleted'
