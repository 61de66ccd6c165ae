-- grain: one row per class of {classes} and the school years of its terms
with terms as (
    select
        t.sourcedId,
        trim(unnest(string_split(t.termSourcedIds, ','))) as term
    from "{classes}" as t
),

sessions as (
    select
        own.sourcedId,
        own.schoolYear
    from "{sessions}" as own
    union all
    select
        o.sourcedId,
        o.schoolYear
    from "others_academicSessions" as o
    anti join "{sessions}" as own on o.sourcedId = own.sourcedId
)

select
    c.sourcedId,
    min(s.schoolYear) as first_year,
    max(s.schoolYear) as last_year
from terms as c
inner join sessions as s on c.term = s.sourcedId
where s.schoolYear is not null
group by c.sourcedId
