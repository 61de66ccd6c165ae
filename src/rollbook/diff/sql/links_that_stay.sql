-- grain: one row per record of {resource} that stays as it is: it hangs on a person who does, or its
-- delivered version hangs on one who is withheld
create or replace table "stays_{resource}" as
select p.sourcedId
from "before_{resource}" as p
semi join waiting_users as w on p."{field}" = w.was
union
select p.sourcedId
from "before_{resource}" as p
semi join "withheld_{resource}" as w on p.sourcedId = w.sourcedId
union
select p.sourcedId
from "before_{resource}" as p
semi join leaving_now as l on p."{field}" = l.sourcedId and not l.is_over
anti join "{coming}_{resource}" as c on p.sourcedId = c.sourcedId
union
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
