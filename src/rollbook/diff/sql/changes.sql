-- grain: one row per record of {resource} that changes, re-keyed ones once, with what it was and will be
-- Both sides are read once, here: whoever asks what changed need not look for it among all records.
create or replace table "changes_{resource}" as
select
    coalesce(n.sourcedId, p.sourcedId) as sourcedId,
    case
        when p.sourcedId is null then 'create'
        when n.sourcedId is null then 'abandon'
        when {was} is not null then 'rekey'
        else 'update'
    end as change,
    {was} as was,
    {evidence} as evidence,
    {old} as old,
    {new} as new
from "{after}_{resource}" as n
full outer join "{before}_{resource}" as p on n.sourcedId = p.sourcedId
where
    n.sourcedId is null
    or p.sourcedId is null
    or {was} is not null
    or {differs}
