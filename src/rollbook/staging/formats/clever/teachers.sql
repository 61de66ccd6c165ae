-- grain: one row per teacher as the file tells them, with what staff.csv adds of the same person
with staff as (
    select
        s.Teacher_id,
        arg_min(s.Username, s.row) as Username,
        arg_min(s.Staff_id, s.row) as Staff_id,
        arg_min(s.Department, s.row) as Department,
        arg_min(s.Title, s.row) as Title,
        arg_min(s.Role, s.row) as Role,
        list(distinct s.School_id) as schools
    from adapted.staff_schools as s
    where s.Teacher_id is not null
    group by s.Teacher_id
)

select
    place(3, t.record, 0) as row,
    t.file,
    t.record,
    k.prefix || t.Teacher_id as sourcedId,
    'true' as enabledUser,
    list_from(h.primary_school, list_concat(h.schools, coalesce(s.schools, []))) as orgSourcedIds,
    h.primary_school as primaryOrgSourcedId,
    'teacher' as role,
    if(
        o.derives_usernames,
        coalesce(t.Username, s.Username, t.email, k.prefix || t.Teacher_id),
        coalesce(t.Username, s.Username)
    ) as username,
    t.First_name as givenName,
    t.Last_name as familyName,
    t.Middle_name as middleName,
    t.Teacher_number as identifier,
    t.email,
    object_of(
        concat_ws(
            ',',
            member('clever.teacher_id', if(k.prefix = '', null, t.Teacher_id)),
            member('clever.school_id', if(h.first_school <> h.primary_school, h.first_school, null)),
            member('clever.state_teacher_id', t.State_teacher_id),
            member('clever.title', coalesce(t.Title, s.Title)),
            member('clever.teacher_email', if(t.Teacher_email <> t.email, t.Teacher_email, null)),
            member('clever.staff_id', s.Staff_id),
            member('clever.department', s.Department),
            member('clever.role', s.Role),
            extension_members(t.uploaded, t.ext)
        )
    ) as metadata
from adapted.teacher_rows as t
cross join adapted.options as o
inner join adapted.kinds as k on k.kind = 'teacher'
left join adapted.teacher_homes as h on t.Teacher_id is not distinct from h.Teacher_id
left join staff as s on t.Teacher_id = s.Teacher_id
