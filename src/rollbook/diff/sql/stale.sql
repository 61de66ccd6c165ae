-- grain: one row per published record of {resource} that stays because its row cannot be used
create or replace table "stale_{resource}" as
with kept as (
    select k.sourcedId
    from "kept_{resource}" as k
    union
    select d.sourcedId
    from "doubtful_{resource}" as d
)

select distinct
    k.sourcedId,
    coalesce(s.servedId, k.sourcedId) as servedId
from kept as k
semi join "set_aside_{resource}" as a on k.sourcedId = a.sourcedId
semi join "next_{resource}" as n on k.sourcedId = n.sourcedId
left join {served} as s on k.sourcedId = s.sourcedId
