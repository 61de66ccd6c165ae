-- grain: one row per class: its school, its days, its course's year and how many people it has
create or replace temp table class_facts as
with days as (
    select
        t.class,
        min(s.startDate) as starts,
        max(s.endDate) as ends,
        count(distinct s.schoolYear) as years
    from class_terms as t
    inner join live_academicSessions as s on t.term = s.sourcedId
    group by t.class
),

people as (
    select
        e.classSourcedId as class,
        count(*) filter (where e.role = 'student') as students,
        count(*) filter (where e.role = 'teacher') as teachers,
        count(*) filter (where e.role = 'teacher' and e."primary" = 'true') as primaries
    from live_enrollments as e
    group by e.classSourcedId
)

select
    c.sourcedId,
    c.schoolSourcedId as school,
    d.starts,
    d.ends,
    (try_cast(d.ends as date) + 1)::varchar as ends_or_so,
    coalesce(d.years, 0) as years,
    y.startDate as year_starts,
    y.endDate as year_ends,
    o.orgSourcedId as course_org,
    coalesce(p.students, 0) as students,
    coalesce(p.teachers, 0) as teachers,
    coalesce(p.primaries, 0) as primaries
from live_classes as c
left join days as d on c.sourcedId = d.class
left join people as p on c.sourcedId = p.class
left join live_courses as o on c.courseSourcedId = o.sourcedId
left join live_academicSessions as y on o.schoolYearSourcedId = y.sourcedId
