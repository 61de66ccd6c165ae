-- grain: one row per record of {resource} that changes
create or replace table "changes_{resource}" as
with differing as (
    select
        coalesce(v.sourcedId, p.sourcedId) as sourcedId,
        case
            when p.sourcedId is null then 'create'
            when v.sourcedId is null then 'abandon'
            else 'update'
        end as change
    from "valid_{resource}" as v
    full outer join "published_{resource}" as p on v.sourcedId = p.sourcedId
    where
        v.sourcedId is null
        or p.sourcedId is null
        or {differs}
)

select
    d.sourcedId,
    d.change
from differing as d
anti join "kept_{resource}" as k on d.sourcedId = k.sourcedId
