-- grain: one row per record of {resource} that the delivery has, or that validation keeps
create or replace view "delivered_{resource}" as
select {columns}
from "valid_{resource}"
union all
select {columns}
from "restated_{resource}"
