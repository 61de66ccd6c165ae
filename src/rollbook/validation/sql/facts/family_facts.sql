-- grain: one row per member of a family: how many adults a student has, how many children an adult
create or replace temp table family_facts as
select
    f.student as sourcedId,
    count(*) as adults,
    0 as children
from families as f
group by f.student
union all
select
    f.adult as sourcedId,
    0 as adults,
    count(*) as children
from families as f
group by f.adult
