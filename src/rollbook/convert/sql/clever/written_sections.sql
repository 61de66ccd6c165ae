-- grain: one row per class of a school that has a teacher: no other can be a section
-- Teachers are named by their own ids: a prefix that told them from students is left out.
create or replace temp table written_sections as
with named as (
    select
        t.classSourcedId,
        unnest(t.teachers) as teacher,
        generate_subscripts(t.teachers, 1) as place
    from class_teachers as t
),

listed as (
    select
        n.classSourcedId,
        list(coalesce(u.metadata ->> '/clever.teacher_id', n.teacher) order by n.place) as teachers
    from named as n
    inner join written_teachers as u on n.teacher = u.sourcedId
    group by n.classSourcedId
)

select
    c.*,
    t.teachers
from given_classes as c
semi join written_schools as s on c.schoolSourcedId = s.sourcedId
inner join listed as t on c.sourcedId = t.classSourcedId
