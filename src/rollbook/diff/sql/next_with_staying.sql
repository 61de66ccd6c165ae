-- grain: one row per record of {resource} as it will be, some as they were
create or replace table "next_{resource}" as
select {columns}
from "{coming}_{resource}" as c
anti join "withheld_{resource}" as w on c.sourcedId = w.sourcedId
anti join "stays_{resource}" as s on c.sourcedId = s.sourcedId
union all
select {columns}
from ({restated})
