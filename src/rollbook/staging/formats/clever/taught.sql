-- grain: one row per row of sections.csv, in the words that all formats share
select
    s.file,
    s.record,
    place(4, s.record, 0) as row,
    s.Section_id as class_id,
    s.School_id as school,
    s.Name as class_name,
    s.Section_number as class_number,
    null::varchar as term_id,
    s.Term_name as term_name,
    s.Term_start as term_start,
    s.Term_end as term_end,
    null::varchar as course_id,
    s.Course_name as course_name,
    s.Course_number as course_number,
    s.Course_description as course_description,
    s.Subject as subject,
    s.Grade as grade,
    s.Period as period,
    s.Teacher_id as teacher,
    object_of(extension_members(x.ext, s.ext)) as extension
from clever_sections as s
left join adapted.extensions as x on s.Section_id = x.id and x.kind = 'section'
