-- grain: one row per id of {resource} in the delivery that is not published
create or replace temp table fresh_ids as
select distinct t.sourcedId as id
from "{resource}" as t
anti join "published_{resource}" as p on t.sourcedId = p.sourcedId
where t.sourcedId is not null and coalesce(t.status, 'active') <> 'tobedeleted'
