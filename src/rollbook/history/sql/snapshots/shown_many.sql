-- grain: one row per record of {resource} with links in {field}, as they are shown
with links as (
    select
        r.source,
        r.sourcedId,
        unnest(string_split(r."{field}", ',')) as value,
        generate_subscripts(string_split(r."{field}", ','), 1) as place
    from {schema}."{resource}" as r
    where r."{field}" is not null
),

own as (
    select
        i.source,
        i.sourcedId,
        i.shown
    from "shown_{target}" as i
    where i.side = '{schema}'
),

others as (
    select
        i.sourcedId,
        max(i.shown) as shown
    from "shown_{target}" as i
    where i.side = '{schema}'
    group by i.sourcedId
)

select
    k.source,
    k.sourcedId,
    string_agg(coalesce(w.shown, o.shown, k.value), ',' order by k.place) as value
from links as k
left join own as w on k.source = w.source and trim(k.value) = w.sourcedId
left join others as o on trim(k.value) = o.sourcedId
group by k.source, k.sourcedId
