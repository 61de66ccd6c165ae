-- grain: one row per record of {resource} that goes on under another id
create or replace table "rekeys_{resource}" as
select
    p.was,
    p.sourcedId,
    p.evidence
from pairs as p
left join verdicts as v
    on p.resource = v.resource and p.was = v.was and p.sourcedId = v.sourcedId
where
    p.resource = '{resource}'
    and p.kind = 'rekeyed'
    and coalesce(v.verdict, '{undecided}') = 'same'
