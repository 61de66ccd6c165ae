-- grain: one row per published record of {resource}, none of which goes on under another id
create or replace view "before_{resource}" as
select
    {columns},
    null::varchar as was,
    null::varchar as evidence
from "{source}_{resource}"
