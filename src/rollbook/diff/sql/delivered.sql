-- grain: one row per record of {resource} that the delivery has, or that validation keeps
-- Those in doubt count as delivered until it is known whether they stay.
create or replace view "delivered_{resource}" as
select {columns}
from "valid_{resource}"
union all
select {columns}
from "restated_{resource}"
union all
select {columns}
from "published_{resource}"
where sourcedId in (select d.sourcedId from "doubtful_{resource}" as d)
