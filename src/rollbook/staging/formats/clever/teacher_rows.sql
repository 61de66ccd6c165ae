-- grain: one row per teacher as the file tells them; rows that differ only in the school are one
with versions as (
    select
        t.Teacher_id,
        min(t.record) as record
    from (
        select
            Teacher_id,
            record,
            hash(*columns(
                lambda name: name not in ('file', 'record', 'row', 'Teacher_id', 'School_id')
            )) as version
        from clever_teachers
    ) as t
    group by t.Teacher_id, t.version
)

select
    t.*,
    coalesce(e.email, t.Teacher_email) as email,
    x.ext as uploaded
from clever_teachers as t
semi join versions as v on t.record = v.record
left join adapted.emails as e on t.Teacher_id = e.id and e.kind = 'teacher'
left join adapted.extensions as x on t.Teacher_id = x.id and x.kind = 'teacher'
