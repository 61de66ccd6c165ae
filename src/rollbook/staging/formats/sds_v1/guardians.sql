-- grain: one row per guardian, with their students' schools
with homes as (
    select
        p.id,
        flatten(list(p.schools)) as schools
    from adapted.people as p
    where p.role = 'student'
    group by p.id
)

select
    place(4, min(g.record), 0) as row,
    any_value(g.file) as file,
    min(g.record) as record,
    g.sourcedId,
    list_from(null, flatten(list(coalesce(h.schools, [])))) as orgSourcedIds,
    min(
        case g.role when 'parent' then '1parent' when 'guardian' then '2guardian' else '3relative' end
    )[2:] as role,
    arg_min(g.email, g.record) as email,
    arg_min(g.given, g.record) as givenName,
    arg_min(g.family, g.record) as familyName,
    arg_min(g.phone, g.record) as sms,
    string_agg(distinct g.student, ',' order by g.student) as agentSourcedIds,
    object_of(
        concat_ws(
            ',',
            member('microsoft.sis_id', arg_min(g.id, g.record)),
            '"relations":[' || string_agg(
                distinct object_of(
                    concat_ws(',', member('student', g.student), member('relationship', g.relationship))
                ),
                ',' order by object_of(
                    concat_ws(',', member('student', g.student), member('relationship', g.relationship))
                )
            ) || ']'
        )
    ) as metadata
from adapted.guardian_rows as g
left join homes as h on g.student = h.id
group by g.sourcedId
