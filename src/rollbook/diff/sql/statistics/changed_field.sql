-- grain: one row per record of {resource} that changes or loses its {field}
select
    t.sourcedId,
    t.subject,
    t.schools
from "touched_{resource}" as t
inner join "was_{resource}" as p on t.sourcedId = p.sourcedId
inner join "becomes_{resource}" as n on t.sourcedId = n.sourcedId
where
    t.change in ('update', 'rekey')
    and p."{field}" is not null
    and n."{field}" is distinct from p."{field}"
