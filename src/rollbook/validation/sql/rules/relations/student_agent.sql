-- users.agentSourcedIds.student_agent
-- severity: warning
-- title: A student is said to be the parent of a student
-- meaning: agentSourcedIds of a student names another student. Agents of a student are parents, guardians and relatives: this one could see the other's data.
-- repair: Correct the relation in the SIS. Brothers and sisters are linked by their parents.
-- who: district
-- source: OneRoster CSV, users.agentSourcedIds; failures.md F7
with named as (
    select
        u.row,
        u.file,
        u.record,
        u.sourcedId,
        trim(unnest(string_split(u.agentSourcedIds, ','))) as agent
    from live_users as u
    where u.role = 'student' and u.agentSourcedIds is not null and u.record is not null
)

select
    n.row,
    n.file,
    n.record,
    n.sourcedId,
    'agentSourcedIds' as field,
    n.agent as value
from named as n
inner join user_facts as a on n.agent = a.sourcedId
where a.kind = 'student' and n.agent <> n.sourcedId
