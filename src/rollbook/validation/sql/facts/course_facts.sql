-- grain: one row per course that a class belongs to
create or replace temp table course_facts as
select
    c.courseSourcedId as sourcedId,
    count(*) as classes
from live_classes as c
group by c.courseSourcedId
