-- grain: one row per kind and id with an e-mail loaded beside the SIS's
select 'student' as kind, x.student_id as id, arg_min(x.email, x.record) as email from clever_student_emails as x
group by x.student_id
union all
select 'teacher' as kind, x.teacher_id as id, arg_min(x.email, x.record) as email from clever_teacher_emails as x
group by x.teacher_id
