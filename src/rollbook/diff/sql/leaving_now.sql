-- grain: one row per person who would be gone, and since when; is_over: the days of grace are
create or replace table leaving_now as
select
    c.sourcedId,
    coalesce(l.since, '{today}') as since,
    l.since is null as is_fresh,
    datediff('day', coalesce(l.since, '{today}')::date, '{today}'::date) >= {days} as is_over
from changes_users as c
left join leaving_before as l on c.sourcedId = l.sourcedId
anti join waiting_users as w on c.sourcedId = w.was
anti join users as u on c.sourcedId = u.sourcedId and u.status = 'tobedeleted'
where c.change = 'abandon'
