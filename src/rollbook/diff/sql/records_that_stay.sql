-- grain: one row per record of {resource} that stays although the delivery does not have it, or not yet
create or replace table "stays_{resource}" as
select c.sourcedId
from "changes_{resource}" as c
left join "before_{resource}" as p on c.sourcedId = p.sourcedId
where c.change = 'abandon' and ({waits})
union
select d.sourcedId
from "doubtful_{resource}" as d
union
select k.sourcedId
from "{kept}_{resource}" as k
union
select w.was
from ({waiting}) as w
