-- grain: one row per row of enrollments.csv, and one per section and teacher
select
    place(5, e.record, 0) as row,
    e.file,
    e.record,
    joined_id(e.Section_id, e.Student_id, '') as sourcedId,
    e.Section_id as classSourcedId,
    e.School_id as schoolSourcedId,
    e.Student_id as userSourcedId,
    'student' as role,
    null::varchar as "primary",
    object_of(extension_members(null, e.ext)) as metadata
from clever_enrollments as e
union all
select
    place(4, t.record, t.n) as row,
    t.file,
    t.record,
    joined_id(t.Section_id, k.prefix || t.Teacher_id, '') as sourcedId,
    t.Section_id as classSourcedId,
    t.School_id as schoolSourcedId,
    k.prefix || t.Teacher_id as userSourcedId,
    'teacher' as role,
    if(t.n = 1, 'true', 'false') as "primary",
    null as metadata
from adapted.section_teachers as t
inner join adapted.kinds as k on k.kind = 'teacher'
