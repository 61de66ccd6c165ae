-- grain: one row per record of {resource}; with nothing published, every record is new
create or replace view "changes_{resource}" as
select
    v.sourcedId,
    'create' as change,
    null::varchar as was,
    null::varchar as evidence,
    if(false, {new}, null) as old,
    {new} as new
from "valid_{resource}" as v
