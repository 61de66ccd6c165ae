-- users.agentSourcedIds.own_agent
-- severity: warning
-- title: Somebody is said to be their own parent
-- meaning: agentSourcedIds of this user names the user. Agents are the parents of a student and the children of a parent.
-- repair: Correct the relation in the SIS.
-- who: district
-- source: OneRoster CSV, users.agentSourcedIds
case
    when contains(t.agentSourcedIds, t.sourcedId) then
        list_contains(string_split(t.agentSourcedIds, ','), t.sourcedId)
end
