-- grain: one row per record of {records} that has links in {field}, under the ids that are served
select
    k.sourcedId,
    string_agg(coalesce(s.servedId, k.value), ',' order by k.place) as servedId
from (
    select
        r.sourcedId,
        trim(unnest(string_split(r."{field}", ','))) as value,
        generate_subscripts(string_split(r."{field}", ','), 1) as place
    from {records} as r
    where r."{field}" is not null
) as k
left join {served} as s on k.value = s.sourcedId
group by k.sourcedId
