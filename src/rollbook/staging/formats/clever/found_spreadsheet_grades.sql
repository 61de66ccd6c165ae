-- grain: one row per grade range that a spreadsheet program took for a date
select 'users.grades.read_as_date' as code, s.file, s.record, s.Student_id as sourcedId, 'grades' as field, s.Grade as value
from clever_students as s
semi join adapted.student_keys as k on s.record = k.record
inner join adapted.grades as g on s.Grade = g.raw and g.was_date
union all
select 'classes.grades.read_as_date', t.file, t.record, t.class_id, 'grades', t.grade
from adapted.taught as t
inner join adapted.grades as g on t.grade = g.raw and g.was_date
union all
select 'orgs.grades.read_as_date', s.file, s.record, s.School_id, 'grades', g.raw
from clever_schools as s
inner join adapted.grades as g on g.raw in (s.Low_grade, s.High_grade) and g.was_date
