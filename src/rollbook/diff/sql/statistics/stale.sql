-- grain: one row per stale record of {resource} of which {told}
insert into "befallen_{measure}"
select
    {subject} as subject,
    'records' as part,
    s.sourcedId,
    {schools} as schools
from "stale_{resource}" as s
inner join "next_{resource}" as n on s.sourcedId = n.sourcedId
left join stale_before as b on b.resource = '{resource}' and s.servedId = b.servedId
where {told}
