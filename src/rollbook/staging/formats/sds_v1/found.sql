-- grain: one row per decision about whole files, and one per row that reaches nobody
select 'users.sourcedId.prefixed' as code, 'teacher.csv' as file, null::bigint as record, null as sourcedId, 'sourcedId' as field, k.kind as value, 1 as rows
from adapted.kinds as k
where k.prefix <> ''
union all
select 'users.username.derived', p.file, null, null, 'username', null, count(*)
from adapted.people as p
cross join adapted.options as o
where o.derives_usernames and p.Username is null
group by p.file
union all
select 'users.email.unstated', g.file, g.record, g."SIS ID", 'email', null, 1
from sds_v1_guardianrelationship as g
where g.Email is null
union all
select 'users.agentSourcedIds.unstated', u.file, u.record, u."SIS ID", 'agentSourcedIds', u.Email, 1
from sds_v1_user as u
anti join sds_v1_guardianrelationship as g on lower(trim(u.Email)) = lower(trim(g.Email))
union all
select 'orgs.grades.read_as_date', s.file, s.record, s."SIS ID", 'grades', g.raw, 1
from sds_v1_school as s
inner join adapted.grades as g on g.raw in (s."Grade Low", s."Grade High") and g.was_date
union all
select 'users.grades.read_as_date', s.file, s.record, s."SIS ID", 'grades', g.raw, 1
from sds_v1_student as s
inner join adapted.grades as g on s.Grade = g.raw and g.was_date
