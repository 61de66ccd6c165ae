-- grain: one row per id of {resource} that is served under another: the source's own, then what it
-- may refer to of others, the first of those that have it
create or replace table "served_{resource}" as
select
    i.sourcedId,
    i.servedId
from identities_next as i
where i.resource = '{resource}'
union all
select
    o.sourcedId,
    arg_min(coalesce(i.servedId, o.sourcedId), o.source) as servedId
from "foreign_{resource}" as o
left join others_identities as i
    on i.resource = '{resource}' and o.source = i.source and o.sourcedId = i.sourcedId
semi join others_identities as e on e.resource = '{resource}' and o.sourcedId = e.sourcedId
group by o.sourcedId
