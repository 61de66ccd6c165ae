-- grain: one row per person as their file tells them
-- A user name that is an address is the e-mail; who is not active has no access.
select
    place(p.place, p.record, 0) as row,
    p.file,
    p.record,
    p.prefix || p.id as sourcedId,
    if(lower(p.status) in ('inactive', 'disabled', 'deleted', 'withdrawn', 'false', '0'), 'false', 'true')
        as enabledUser,
    list_from(p.first_school, p.schools) as orgSourcedIds,
    p.first_school as primaryOrgSourcedId,
    p.role,
    if(o.derives_usernames, coalesce(p.Username, p.email, p.prefix || p.id), p.Username) as username,
    p.given as givenName,
    p.family as familyName,
    p.middle as middleName,
    p.number as identifier,
    coalesce(if(contains(p.Username, '@'), p.Username, null), p.email) as email,
    a.agents as agentSourcedIds,
    g.grades,
    object_of(
        concat_ws(
            ',',
            nullif(p.members, ''),
            member('microsoft.status', if(lower(p.status) <> 'active', p.status, null)),
            member('microsoft.grade', if(p.grade <> g.grades, p.grade, null))
        )
    ) as metadata
from adapted.people as p
cross join adapted.options as o
left join adapted.grades as g on p.grade = g.raw
left join adapted.agents as a on p.role = 'student' and p.id = a.student
union all by name
select
    g.*,
    'true' as enabledUser,
    if(o.derives_usernames, g.email, null) as username
from adapted.guardians as g
cross join adapted.options as o
