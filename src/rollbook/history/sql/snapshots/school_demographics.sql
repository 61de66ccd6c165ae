-- grain: one row of demographics: of people who come back whole as they were, of others as they are
with back as (
    select u.sourcedId
    from wanted_users as u
    anti join now_users as n on u.sourcedId = n.sourcedId
    union
    select p.sourcedId
    from school_people as p
    where p.comes_whole
)

select o.*
from old_demographics as o
semi join back as b on o.sourcedId = b.sourcedId
union all by name
select n.*
from now_demographics as n
anti join back as b on n.sourcedId = b.sourcedId
