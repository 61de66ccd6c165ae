-- grain: one row per class that loses its last teacher, is new without one, or gets one at last
-- Only classes that are new, or whose teachers change, are looked at.
insert into befallen_teacherless
with looked_at as (
    select e.classSourcedId as class
    from was_enrollments as e
    where e.role = 'teacher'
    union
    select e.classSourcedId as class
    from becomes_enrollments as e
    where e.role = 'teacher'
    union
    select t.sourcedId as class
    from touched_classes as t
    where t.change = 'create'
),

had as (
    select distinct e.classSourcedId as class
    from before_enrollments as e
    semi join looked_at as l on e.classSourcedId = l.class
    where e.role = 'teacher'
),

has as (
    select distinct e.classSourcedId as class
    from next_enrollments as e
    semi join looked_at as l on e.classSourcedId = l.class
    where e.role = 'teacher'
),

classes as (
    select
        l.class,
        p.sourcedId is not null as is_old,
        h.class is not null as had,
        w.class is not null as has,
        n.schoolSourcedId as school
    from looked_at as l
    inner join next_classes as n on l.class = n.sourcedId
    left join before_classes as p on l.class = p.sourcedId
    left join had as h on l.class = h.class
    left join has as w on l.class = w.class
)

select
    'classes' as subject,
    case when c.has then 'found' when c.is_old then 'lost' else 'new' end as part,
    c.class as sourcedId,
    [c.school] as schools
from classes as c
where if(c.is_old, c.had <> c.has, not c.has)
