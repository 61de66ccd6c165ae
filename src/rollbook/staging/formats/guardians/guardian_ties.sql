-- grain: one row per guardian, with their students and the schools of those that are here
with schools as (
    select
        u.sourcedId,
        any_value(u.orgSourcedIds) as orgs
    from adapted.users_before as u
    semi join adapted.guardian_links as l on u.sourcedId = l.student
    group by u.sourcedId
)

select
    l.guardian,
    list(l.student order by l.student) as students,
    min(
        case l.role when 'parent' then '1parent' when 'guardian' then '2guardian' else '3relative' end
    )[2:] as role,
    list_filter(
        string_split(coalesce(string_agg(distinct s.orgs, ','), ''), ','),
        lambda org: org <> ''
    ) as orgs,
    '[' || string_agg(
        object_of(
            concat_ws(',', member('student', l.student), member('relationship', l.relationship))
        ),
        ',' order by l.student
    ) || ']' as relations
from adapted.guardian_links as l
left join schools as s on l.student = s.sourcedId
group by l.guardian
