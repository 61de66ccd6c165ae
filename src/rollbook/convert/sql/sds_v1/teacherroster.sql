-- grain: one row per enrollment of a teacher
-- source: Microsoft School Data Sync, V1 CSV
select
    t.classSourcedId as "Section SIS ID",
    t.userSourcedId as "SIS ID"
from given_enrollments as t
semi join written_sections as s on t.classSourcedId = s.sourcedId
semi join written_teachers as u on t.userSourcedId = u.sourcedId
where t.role = 'teacher'
order by t.row
