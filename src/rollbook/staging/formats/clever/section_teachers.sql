-- grain: one row per section and teacher, the primary one first
with named as (
    select
        s.file,
        s.record,
        s.Section_id,
        s.School_id,
        unnest([
            s.Teacher_id, s.Teacher_2_id, s.Teacher_3_id, s.Teacher_4_id, s.Teacher_5_id,
            s.Teacher_6_id, s.Teacher_7_id, s.Teacher_8_id, s.Teacher_9_id, s.Teacher_10_id
        ]) as Teacher_id,
        unnest(range(1, 11)) as n
    from clever_sections as s
)

select
    n.file,
    n.record,
    n.Section_id,
    n.School_id,
    n.Teacher_id,
    min(n.n) as n
from named as n
where n.Teacher_id is not null
group by n.file, n.record, n.Section_id, n.School_id, n.Teacher_id
