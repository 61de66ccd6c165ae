-- grain: one row per published record of {resource} that stays for want of a usable row
-- What takes access away counts even in a bad row: a record all of whose rows are marked as gone
-- goes. So does one that needs a record which goes itself: a place in a class is nothing without
-- the class. Whether it goes is in doubt where what it names may only have got another id: the
-- comparison, which knows, decides about those.
create or replace table "{name}_{resource}" as
with living as (
    select r.sourcedId
    from "{resource}" as r
    where coalesce(r.status, 'active') <> 'tobedeleted'
),

gone as (
    select t.sourcedId
    from "{resource}" as t
    anti join living as l on t.sourcedId = l.sourcedId
    where t.status = 'tobedeleted'
)

select distinct c.sourcedId
from "{candidates}_{resource}" as c
inner join "published_{resource}" as p on c.sourcedId = p.sourcedId
anti join "valid_{resource}" as v on c.sourcedId = v.sourcedId
anti join gone as g on c.sourcedId = g.sourcedId
{needs}
where {is_asked}
