-- grain: one row per kind of {resource} and school: how many records change or blank each field
with pairs as (
    select
        t.subject,
        {school} as school,
        {columns}
    from "touched_{resource}" as t
    inner join "was_{resource}" as p on t.sourcedId = p.sourcedId
    inner join "becomes_{resource}" as n on t.sourcedId = n.sourcedId
    where t.change in ('update', 'rekey')
)

select
    d.subject,
    d.school,
    {counts}
from pairs as d
group by d.subject, d.school
