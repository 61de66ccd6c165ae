-- grain: one row per source and id of {target} that the source may name: its own, else another's
with sources as (
    select distinct r.source
    from {schema}."{resource}" as r
),

known as (
    select
        i.source,
        i.sourcedId,
        i.shown
    from "shown_{target}" as i
    where i.side = '{schema}'
)

select
    s.source,
    k.sourcedId,
    arg_min(k.shown, if(k.source = s.source, 0, 1)) as shown
from sources as s
cross join known as k
group by s.source, k.sourcedId
