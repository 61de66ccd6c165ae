-- grain: one row per decision about the guardians, and one per row that names no child
select 'users.sourcedId.prefixed' as code, 'guardians.csv' as file, null::bigint as record, null as sourcedId, 'sourcedId' as field, k.kind as value, 1 as rows
from adapted.guardian_kinds as k
where k.prefix <> ''
union all
select 'users.username.derived', g.file, null, null, 'username', null, count(*)
from adapted.guardians as g
cross join adapted.options as o
where o.derives_usernames
group by g.file
union all
select 'users.agentSourcedIds.unstated', g.file, g.record, g.guardianSourcedId, 'studentSourcedId', null, 1
from guardians_guardians as g
where g.studentSourcedId is null
