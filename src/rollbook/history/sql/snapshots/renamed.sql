-- grain: one row per record of {resource} that has another id today than when the snapshot was made
-- The id under which a record is served never changes, so it tells who is who.
create or replace table "restored_ids_{resource}" as
with then_served as (
    select
        f.sourcedId as was,
        coalesce(i.servedId, f.sourcedId) as servedId
    from "found_{resource}" as f
    left join old_identities as i on i.resource = '{resource}' and f.sourcedId = i.sourcedId
),

now_served as (
    select
        n.sourcedId,
        coalesce(i.servedId, n.sourcedId) as servedId
    from "now_{resource}" as n
    left join now_identities as i on i.resource = '{resource}' and n.sourcedId = i.sourcedId
)

select
    t.was,
    n.sourcedId
from then_served as t
inner join now_served as n on t.servedId = n.servedId
where t.was <> n.sourcedId
