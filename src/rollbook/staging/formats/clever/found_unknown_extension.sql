-- grain: one row per row of an extension or e-mail file whose record is in no file of the delivery
select 'orgs.extension.unknown_record' as code, x.file, x.record, x.sis_id as sourcedId, 'sourcedId' as field, x.sis_id as value
from clever_schools_ext as x
anti join clever_schools as s on x.sis_id = s.School_id
union all
select 'users.extension.unknown_record', x.file, x.record, x.sis_id, 'sourcedId', x.sis_id
from clever_students_ext as x
anti join adapted.student_keys as s on x.sis_id = s.Student_id
union all
select 'users.extension.unknown_record', x.file, x.record, x.sis_id, 'sourcedId', x.sis_id
from clever_teachers_ext as x
anti join clever_teachers as t on x.sis_id = t.Teacher_id
union all
select 'users.extension.unknown_record', x.file, x.record, x.staff_id, 'sourcedId', x.staff_id
from clever_staff_ext as x
anti join adapted.staff_schools as s on x.staff_id = s.Staff_id
union all
select 'classes.extension.unknown_record', x.file, x.record, x.sis_id, 'sourcedId', x.sis_id
from clever_sections_ext as x
anti join clever_sections as s on x.sis_id = s.Section_id
union all
select 'users.extension.unknown_record', x.file, x.record, x.student_id, 'sourcedId', x.student_id
from clever_student_emails as x
anti join adapted.student_keys as s on x.student_id = s.Student_id
union all
select 'users.extension.unknown_record', x.file, x.record, x.teacher_id, 'sourcedId', x.teacher_id
from clever_teacher_emails as x
anti join clever_teachers as t on x.teacher_id = t.Teacher_id
