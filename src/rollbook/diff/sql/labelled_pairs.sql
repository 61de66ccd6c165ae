-- grain: one row per pair of {resource}, with both names and what was decided
select
    c.was,
    c.sourcedId,
    c.kind,
    c.evidence,
    c.confidence,
    {label_before} as label_before,
    {label_after} as label_after,
    coalesce(v.verdict, '') as verdict
from pairs as c
left join "published_{resource}" as b on c.was = b.sourcedId
left join "delivered_{resource}" as n on c.sourcedId = n.sourcedId
left join verdicts as v
    on c.resource = v.resource and c.was = v.was and c.sourcedId = v.sourcedId
where c.resource = '{resource}'
order by c.was, c.sourcedId
