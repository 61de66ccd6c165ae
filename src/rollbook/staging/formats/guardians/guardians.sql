-- grain: one row per guardian as the file tells them, who is not in the package already
with people as (
    select
        g.guardianSourcedId,
        g.givenName,
        g.familyName,
        g.email,
        g.sms,
        g.phone,
        g.language,
        g.orgSourcedIds,
        g.ext,
        min(g.record) as record,
        any_value(g.file) as file
    from guardians_guardians as g
    group by all
)

select
    place(9, p.record, 0) as row,
    p.file,
    p.record,
    k.prefix || p.guardianSourcedId as sourcedId,
    'true' as enabledUser,
    coalesce(p.orgSourcedIds, list_from(null, t.orgs)) as orgSourcedIds,
    coalesce(t.role, 'guardian') as role,
    if(o.derives_usernames, coalesce(p.email, k.prefix || p.guardianSourcedId), null) as username,
    p.givenName,
    p.familyName,
    p.email,
    p.sms,
    p.phone,
    array_to_string(t.students, ',') as agentSourcedIds,
    object_of(
        concat_ws(
            ',',
            member('language', p.language),
            '"relations":' || t.relations,
            unknown_members(p.ext)
        )
    ) as metadata
from people as p
cross join adapted.guardian_kinds as k
cross join adapted.options as o
left join adapted.guardian_ties as t on k.prefix || p.guardianSourcedId = t.guardian
anti join adapted.users_before as u on k.prefix || p.guardianSourcedId = u.sourcedId
