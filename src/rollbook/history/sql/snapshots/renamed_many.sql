-- grain: one row per old record of {resource} that has links in {field}, under the ids of today
with links as (
    select
        f.sourcedId,
        unnest(string_split(f."{field}", ',')) as value,
        generate_subscripts(string_split(f."{field}", ','), 1) as place
    from "found_{resource}" as f
    where f."{field}" is not null
)

select
    k.sourcedId,
    string_agg(coalesce(r.sourcedId, k.value), ',' order by k.place) as value
from links as k
left join "restored_ids_{target}" as r on trim(k.value) = r.was
group by k.sourcedId
