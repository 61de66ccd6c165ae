-- grain: one row per course and what sections say of its title and code
select
    min(c.row) as row,
    arg_min(c.file, c.row) as file,
    min(c.record) as record,
    c.sourcedId,
    c.title,
    c.courseCode,
    'district' as orgSourcedId,
    object_of(member('course_description', arg_min(c.description, c.row))) as metadata
from adapted.section_courses as c
where c.sourcedId is not null
group by c.sourcedId, c.title, c.courseCode
