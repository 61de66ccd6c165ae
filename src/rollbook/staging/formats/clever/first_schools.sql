-- grain: one row per student, with the school of their first row
select
    s.Student_id,
    arg_min(s.School_id, s.record) as School_id
from clever_students as s
where s.Student_id is not null
group by s.Student_id
