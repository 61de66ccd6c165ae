-- grain: one row per person whose published record stays although the delivery has none, or none that
-- counts yet
create or replace table stays_users as
select p.sourcedId
from before_users as p
semi join waiting_users as w on p.sourcedId = w.was
union
select l.sourcedId
from leaving_now as l
where not l.is_over
union
select c.sourcedId
from changes_users as c
left join before_users as p on c.sourcedId = p.sourcedId
where c.change = 'abandon' and ({waits})
union
select d.sourcedId
from "doubtful_users" as d
union
select k.sourcedId
from "{kept}_users" as k
