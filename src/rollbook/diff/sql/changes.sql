-- grain: one row per record of {resource} that changes
create or replace table "changes_{resource}" as
select
    coalesce(n.sourcedId, p.sourcedId) as sourcedId,
    case
        when p.sourcedId is null then 'create'
        when n.sourcedId is null then 'abandon'
        else 'update'
    end as change
from "next_{resource}" as n
full outer join "published_{resource}" as p on n.sourcedId = p.sourcedId
where
    n.sourcedId is null
    or p.sourcedId is null
    or {differs}
