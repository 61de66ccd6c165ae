-- grain: one row per kind of {resource} that is published and its school; without one: everywhere
insert into active_places
with places as (
    select
        {subject} as subject,
        {school} as school
    from "before_{resource}" as p -- noqa: AL05
)

select
    p.subject,
    p.school,
    count(*) as amount
from places as p
group by p.subject, p.school
