-- Counts people whose agents are replaced as updated: they name the same id, and mean another.
insert into changes_users by name
with named as (
    select
        n.sourcedId,
        trim(unnest(string_split(n.agentSourcedIds, ','))) as agent
    from next_users as n
    where n.agentSourcedIds is not null
)

select distinct
    n.sourcedId,
    'update' as change
from named as n
semi join replaced_users as r on n.agent = r.sourcedId
semi join before_users as p on n.sourcedId = p.sourcedId
anti join changes_users as c on n.sourcedId = c.sourcedId
