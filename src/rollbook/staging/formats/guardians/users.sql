-- grain: one row per person of the package, and one per guardian that the file adds
select
    b.* replace (
        if(
            a.agents is null,
            b.agentSourcedIds,
            list_from(null, list_concat(string_split(b.agentSourcedIds, ','), a.agents))
        ) as agentSourcedIds
    )
from adapted.users_before as b
left join adapted.guardian_agents as a on b.sourcedId = a.sourcedId
union all by name
select * from adapted.guardians
