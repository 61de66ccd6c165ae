-- grain: one row per record of {table} that has links in {field}, under the ids that {mapping} gives
with links as (
    select
        p.sourcedId,
        unnest(string_split(p."{field}", ',')) as value,
        generate_subscripts(string_split(p."{field}", ','), 1) as place
    from "{table}" as p
    where p."{field}" is not null
)

select
    k.sourcedId,
    string_agg(coalesce(r.{new}, k.value), ',' order by k.place) as value
from links as k
left join {mapping} as r on trim(k.value) = r.{old}
group by k.sourcedId
