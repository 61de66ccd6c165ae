-- grain: one row per row of students.csv that is there again, contact and all
with hashed as (
    select
        file,
        record,
        Student_id,
        hash(*columns(lambda name: name not in ('file', 'record', 'row'))) as version
    from clever_students
),

repeated as (
    select
        h.Student_id,
        h.version,
        min(h.record) as first_record
    from hashed as h
    where h.Student_id is not null
    group by h.Student_id, h.version
    having count(*) > 1
)

select
    'users.sourcedId.repeated' as code,
    h.file,
    h.record,
    h.Student_id as sourcedId,
    'sourcedId' as field,
    h.Student_id as value
from hashed as h
inner join repeated as r on h.Student_id = r.Student_id and h.version = r.version
where h.record > r.first_record
