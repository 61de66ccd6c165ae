-- grain: one row per record of {resource} as it will be published
create or replace view "next_{resource}" as
select {columns}
from "valid_{resource}"
union all
select {columns}
from "restated_{resource}"
