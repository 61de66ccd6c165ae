-- grain: one row per section, with the course it teaches
-- A section that names no course is a course of its own.
select
    t.row,
    t.file,
    t.record,
    case
        when t.course_id is not null then t.course_id
        when coalesce(t.course_number, t.course_name) is not null
            then named_id(
                'course',
                coalesce(t.course_number, t.course_name),
                t.course_number,
                t.course_name,
                null
            )
        else joined_id('course', t.class_id, '')
    end as sourcedId,
    coalesce(t.course_name, t.course_number, t.class_name, t.class_number, t.class_id) as title,
    t.course_number as courseCode,
    t.course_description as description,
    coalesce(t.course_id, t.course_number, t.course_name) is null as is_derived
from adapted.taught as t
