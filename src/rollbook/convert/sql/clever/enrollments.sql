-- grain: one row per enrollment of a student in a section
-- source: Clever CSV, enrollments.csv
select
    t.schoolSourcedId as "School_id",
    t.classSourcedId as "Section_id",
    t.userSourcedId as "Student_id"
from given_enrollments as t
semi join written_sections as s on t.classSourcedId = s.sourcedId
semi join written_students as u on t.userSourcedId = u.sourcedId
where t.role = 'student'
order by t.row
