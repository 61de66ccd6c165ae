-- grain: one row per row of users.csv
-- Who has no role in an org has the one of the relationships, at the schools of their children.
select
    u.record as row,
    u.file,
    u.record,
    u.sourcedId,
    'true' as enabledUser,
    coalesce(list_from(m.org, m.orgs), list_from(null, a.orgs)) as orgSourcedIds,
    m.primary_org as primaryOrgSourcedId,
    coalesce(m.role, a.role) as role,
    u.username,
    u.givenName,
    u.familyName,
    coalesce(u.email, if(contains(u.username, '@'), u.username, null)) as email,
    u.sms,
    u.phone,
    a.agents as agentSourcedIds,
    g.grades,
    object_of(
        concat_ws(
            ',',
            member('microsoft.activeDirectoryMatchId', u.activeDirectoryMatchId),
            member('microsoft.role', if(lower(m.raw_role) <> m.role, m.raw_role, null)),
            member('microsoft.grade', if(m.grade <> g.grades, m.grade, null)),
            '"relations":' || a.relations,
            unknown_members(u.ext)
        )
    ) as metadata
from sds_v2_1_users as u
left join adapted.members as m on u.sourcedId = m.userSourcedId
left join adapted.agents as a on u.sourcedId = a.sourcedId
left join adapted.grades as g on m.grade = g.raw
