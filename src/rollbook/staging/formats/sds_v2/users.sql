-- grain: one row per row of users.csv
select
    u.record as row,
    u.file,
    u.record,
    u.sourcedId,
    'true' as enabledUser,
    u.orgSourcedIds,
    coalesce(r.role_1_1, u.role) as role,
    u.username,
    u.givenName,
    u.familyName,
    if(contains(u.username, '@'), u.username, null) as email,
    g.grades,
    object_of(
        concat_ws(
            ',',
            member('microsoft.role', if(lower(u.role) <> r.role_1_1, u.role, null)),
            member('microsoft.grade', if(u.grade <> g.grades, u.grade, null)),
            unknown_members(u.ext)
        )
    ) as metadata
from sds_v2_users as u
left join crosswalk.sds_roles as r on lower(u.role) = r.word
left join adapted.grades as g on u.grade = g.raw
