-- grain: one row per section, with the title that its course, teacher and period make
with teachers as (
    select
        t.Teacher_id,
        arg_min(t.Last_name, t.record) as Last_name
    from clever_teachers as t
    where t.Teacher_id is not null
    group by t.Teacher_id
)

select
    t.row,
    case
        when t.course_name is not null then concat_ws(' - ', t.course_name, l.Last_name, t.period)
        when t.class_name is not null then t.class_name
        else nullif(concat_ws(' - ', l.Last_name, t.period), '')
    end as title
from adapted.taught as t
left join teachers as l on t.teacher = l.Teacher_id
