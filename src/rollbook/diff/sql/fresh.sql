-- grain: one row per new record of {resource} and the id it is served under
-- Its own, unless another record has that, or had it. One who returns has the earlier one.
create or replace table "fresh_{resource}" as
with fresh as (
    select
        c.sourcedId,
        c.change = 'replace' as is_replaced
    from "changes_{resource}" as c
    where c.change in ('create', 'replace')
),

returned as (
    select
        f.sourcedId,
        arg_max(e.servedId, e.since) as servedId
    from fresh as f
    inner join departed_before as e on e.resource = '{resource}' and f.sourcedId = e.sourcedId
    left join ({facts}) as n on f.sourcedId = n.sourcedId
    left join verdicts as v
        on v.resource = '{resource}' and f.sourcedId = v.was and f.sourcedId = v.sourcedId
    where (not f.is_replaced or '{resource}' = 'classes') and not {is_another}
    group by f.sourcedId
),

occupied as (
    select e.servedId
    from departed_before as e
    where e.resource = '{resource}'
    union all
    select e.servedId
    from others_departed as e
    where e.resource = '{resource}'
    union all
    select i.servedId
    from identities_before as i
    where i.resource = '{resource}'
    union all
    select i.servedId
    from others_identities as i
    where i.resource = '{resource}'
    union all
    select o.sourcedId
    from "others_{resource}" as o
    anti join others_identities as i
        on i.resource = '{resource}' and o.source = i.source and o.sourcedId = i.sourcedId
),

taken as (
    select f.sourcedId
    from fresh as f
    left join (select distinct o.servedId from occupied as o) as o on f.sourcedId = o.servedId
    where f.is_replaced or o.servedId is not null
)

select
    f.sourcedId,
    coalesce(r.servedId, if(t.sourcedId is null, f.sourcedId, uuid()::varchar)) as servedId
from fresh as f
left join returned as r on f.sourcedId = r.sourcedId
left join taken as t on f.sourcedId = t.sourcedId
