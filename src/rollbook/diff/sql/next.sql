-- grain: one row per record of {resource} as it will be
create or replace view "next_{resource}" as
select {columns}
from "{source}_{resource}"
