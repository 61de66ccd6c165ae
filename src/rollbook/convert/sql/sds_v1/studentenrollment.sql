-- grain: one row per enrollment of a student
-- source: Microsoft School Data Sync, V1 CSV
select
    t.classSourcedId as "Section SIS ID",
    t.userSourcedId as "SIS ID"
from given_enrollments as t
semi join written_sections as s on t.classSourcedId = s.sourcedId
semi join written_students as u on t.userSourcedId = u.sourcedId
where t.role = 'student'
order by t.row
