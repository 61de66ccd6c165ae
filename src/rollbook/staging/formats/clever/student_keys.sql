-- grain: one row per student as the file tells it: rows that differ only in the contact are one
select
    s.Student_id,
    min(s.record) as record
from (
    select
        Student_id,
        record,
        hash(*columns(
            lambda name: not starts_with(name, 'Contact_')
            and name not in ('file', 'record', 'row', 'Student_id')
        )) as version
    from clever_students
) as s
group by s.Student_id, s.version
