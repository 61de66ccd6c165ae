-- Counts people whose agents are replaced as updated: they name the same id, and mean another.
insert into changes_users by name
with named as (
    select
        n.sourcedId,
        trim(unnest(string_split(n.agentSourcedIds, ','))) as agent
    from next_users as n
    where n.agentSourcedIds is not null
),

relinked as (
    select distinct n.sourcedId
    from named as n
    semi join replaced_users as r on n.agent = r.sourcedId
    anti join changes_users as c on n.sourcedId = c.sourcedId
)

select
    r.sourcedId,
    'update' as change,
    {old} as old,
    {new} as new
from relinked as r
inner join before_users as p on r.sourcedId = p.sourcedId
inner join next_users as n on r.sourcedId = n.sourcedId
