-- grain: one row per student as the file tells it
with schools as (
    select
        s.record,
        h.schools,
        if(
            o.derives_student_schools,
            coalesce(h.primary_school, s.School_id),
            coalesce(s.School_id, h.primary_school)
        ) as school
    from clever_students as s
    semi join adapted.student_keys as k on s.record = k.record
    cross join adapted.options as o
    left join adapted.student_homes as h on s.Student_id = h.Student_id
)

select
    place(2, s.record, 0) as row,
    s.file,
    s.record,
    s.Student_id as sourcedId,
    'true' as enabledUser,
    list_from(p.school, p.schools) as orgSourcedIds,
    p.school as primaryOrgSourcedId,
    'student' as role,
    if(o.derives_usernames, coalesce(s.Username, e.email, s.Student_email, s.Student_id), s.Username) as username,
    s.First_name as givenName,
    s.Last_name as familyName,
    s.Middle_name as middleName,
    s.Preferred_first_name as preferredGivenName,
    s.Preferred_middle_name as preferredMiddleName,
    s.Preferred_last_name as preferredFamilyName,
    s.Student_number as identifier,
    coalesce(e.email, s.Student_email) as email,
    a.contacts as agentSourcedIds,
    g.grades,
    object_of(
        concat_ws(
            ',',
            member('clever.school_id', if(s.School_id <> p.school, s.School_id, null)),
            member('clever.grade', if(s.Grade <> g.grades, s.Grade, null)),
            member('clever.state_id', s.State_id),
            member('clever.graduation_year', s.Graduation_year),
            member('clever.student_email', if(s.Student_email <> e.email, s.Student_email, null)),
            extension_members(x.ext, s.ext)
        )
    ) as metadata
from clever_students as s
inner join schools as p on s.record = p.record
cross join adapted.options as o
left join adapted.grades as g on s.Grade = g.raw
left join adapted.agents as a on s.Student_id = a.student
left join adapted.emails as e on s.Student_id = e.id and e.kind = 'student'
left join adapted.extensions as x on s.Student_id = x.id and x.kind = 'student'
