-- grain: one row per section, with its school and the number of its students
with sizes as (
    select
        e.Section_id,
        count(*) as size
    from clever_enrollments as e
    group by e.Section_id
)

select
    s.Section_id,
    arg_min(s.School_id, s.record) as School_id,
    any_value(coalesce(z.size, 0)) as size
from clever_sections as s
left join sizes as z on s.Section_id = z.Section_id
where s.Section_id is not null
group by s.Section_id
