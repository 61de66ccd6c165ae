-- grain: one row per section with graded students: the grade most of them are in
with grades as (
    select
        s.sourcedId,
        any_value(s.grades) as grades
    from adapted.students as s
    where s.grades is not null
    group by s.sourcedId
),

counted as (
    select
        e.Section_id,
        g.grades,
        count(*) as students
    from clever_enrollments as e
    inner join grades as g on e.Student_id = g.sourcedId
    where e.Section_id is not null
    group by e.Section_id, g.grades
)

select
    c.Section_id,
    arg_max(c.grades, { 'students': c.students, 'grades': c.grades }) as grades
from counted as c
group by c.Section_id
