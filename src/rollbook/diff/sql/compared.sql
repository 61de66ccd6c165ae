-- grain: one row per record of {resource} that changes, re-keyed ones once
create or replace table "compared_{resource}" as
select
    coalesce(n.sourcedId, p.sourcedId) as sourcedId,
    p.was,
    p.evidence,
    case
        when p.sourcedId is null then 'create'
        when n.sourcedId is null then 'abandon'
        when p.was is not null then 'rekey'
        else 'update'
    end as change
from "next_{resource}" as n
full outer join "before_{resource}" as p on n.sourcedId = p.sourcedId
where
    n.sourcedId is null
    or p.sourcedId is null
    or p.was is not null
    or {differs}
