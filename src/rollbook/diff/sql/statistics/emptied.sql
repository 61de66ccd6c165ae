-- grain: one row per school that had students or classes and will have none of them
-- Its records before, less those that go or leave, and those that come. A school that itself goes is
-- no empty one.
insert into befallen_emptied_schools
with places as (
    select
        t.subject,
        unnest(t.schools) as school,
        -1 as step
    from touched_users as t
    where t.subject = 'students'
    union all
    select
        t.subject_after,
        unnest(t.schools_after) as school,
        1 as step
    from touched_users as t
    where t.subject_after = 'students'
    union all
    select
        'classes' as subject,
        unnest(t.schools) as school,
        -1 as step
    from touched_classes as t
    union all
    select
        'classes' as subject,
        unnest(t.schools_after) as school,
        1 as step
    from touched_classes as t
),

steps as (
    select
        p.subject,
        p.school,
        sum(p.step) as step
    from places as p
    group by p.subject, p.school
)

select
    s.subject,
    'records' as part,
    s.school as sourcedId,
    [s.school] as schools
from steps as s
inner join active_places as a on s.subject = a.subject and s.school = a.school
semi join next_orgs as o on s.school = o.sourcedId
where a.amount > 0 and a.amount + s.step <= 0
