-- grain: one row per person who is gone and stays for now, since a day
create or replace table leaving_next as
select
    l.sourcedId,
    l.since
from leaving_now as l
semi join next_users as s on l.sourcedId = s.sourcedId
where not l.is_over
union all
select
    b.sourcedId,
    b.since
from leaving_before as b
semi join kept_users as k on b.sourcedId = k.sourcedId
anti join leaving_now as l on b.sourcedId = l.sourcedId
