-- grain: one row per student who sits in sections
-- The primary school has most of the student's sections; of two, the one with more students in them.
select
    s.Student_id,
    max({ 'sections': s.sections, 'students': s.students, 'school': s.School_id }).school as primary_school,
    list(s.School_id) as schools
from adapted.student_schools as s
group by s.Student_id
