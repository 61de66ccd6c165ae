-- grain: one row per side, source and id of {resource}: the id under which it is shown
-- That is the newest one, unless records that are served apart share it.
create or replace table "shown_{resource}" as
with known as (
    select
        'was' as side,
        w.source,
        w.sourcedId,
        w.servedId
    from was."{resource}" as w
    union all
    select
        'became' as side,
        b.source,
        b.sourcedId,
        b.servedId
    from became."{resource}" as b
),

newest as (
    select
        k.servedId,
        coalesce(
            max(k.sourcedId) filter (where k.side = 'became'), max(k.sourcedId)
        ) as sourcedId
    from known as k
    group by k.servedId
),

shared as (
    select n.sourcedId
    from newest as n
    group by n.sourcedId
    having count(*) > 1
)

select
    k.side,
    k.source,
    k.sourcedId,
    if(s.sourcedId is null, n.sourcedId, n.servedId) as shown,
    k.sourcedId <> n.sourcedId as has_moved
from known as k
inner join newest as n on k.servedId = n.servedId
left join shared as s on n.sourcedId = s.sourcedId
