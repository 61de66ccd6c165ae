-- grain: one row per class with a teacher: all its teachers, the primary ones first
create or replace temp table class_teachers as
with teaching as (
    select
        e.classSourcedId,
        e.userSourcedId,
        bool_or(coalesce(e."primary", 'false') = 'true') as is_primary
    from given_enrollments as e
    semi join written_teachers as t on e.userSourcedId = t.sourcedId
    where e.role = 'teacher'
    group by e.classSourcedId, e.userSourcedId
)

select
    t.classSourcedId,
    list(t.userSourcedId order by t.is_primary desc, t.userSourcedId asc) as teachers
from teaching as t
group by t.classSourcedId
