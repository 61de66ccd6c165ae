-- grain: one row per person as their file tells them
select * from adapted.students
union all by name
select * from adapted.teachers
union all by name
select * from adapted.staff
union all by name
select
    c.row,
    c.file,
    c.record,
    c.sourcedId,
    'true' as enabledUser,
    c.orgs as orgSourcedIds,
    c.role,
    if(o.derives_usernames, coalesce(c.email, c.sourcedId), null) as username,
    c.givenName,
    c.familyName,
    c.email,
    c.sms,
    c.phone,
    c.students as agentSourcedIds,
    c.metadata
from adapted.contacts as c
cross join adapted.options as o
