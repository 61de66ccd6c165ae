-- grain: one row per kind of {resource} and school: how many published records have a value
with places as (
    select
        {subject} as subject,
        {school} as school,
        {columns}
    from "before_{resource}" as p -- noqa: AL05
)

select
    p.subject,
    p.school,
    {counts}
from places as p
group by p.subject, p.school
