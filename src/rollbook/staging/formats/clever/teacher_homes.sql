-- grain: one row per teacher, with the schools they teach or are listed at
with taught as (
    select
        t.Teacher_id,
        max({ 'sections': t.sections, 'students': t.students, 'school': t.School_id }).school
            as primary_school,
        list(t.School_id) as schools
    from adapted.teacher_schools as t
    group by t.Teacher_id
),

listed as (
    select
        t.Teacher_id,
        arg_min(t.School_id, t.record) as first_school,
        list(distinct t.School_id) filter (where t.School_id is not null) as schools
    from clever_teachers as t
    group by t.Teacher_id
)

select
    l.Teacher_id,
    if(
        o.derives_teacher_schools,
        coalesce(t.primary_school, l.first_school),
        coalesce(l.first_school, t.primary_school)
    ) as primary_school,
    l.first_school,
    list_concat(
        coalesce(t.schools, []),
        -- A teacher's own school counts when nothing better is known, and whenever rows name several.
        if(t.schools is null or len(l.schools) > 1 or not o.derives_teacher_schools, coalesce(l.schools, []), [])
    ) as schools
from listed as l
left join taught as t on l.Teacher_id = t.Teacher_id
cross join adapted.options as o
