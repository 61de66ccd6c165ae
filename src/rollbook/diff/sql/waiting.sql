-- grain: one row per pair of {resource} that waits for a person
create or replace table "waiting_{resource}" as
select
    p.was,
    p.sourcedId,
    p.kind
from pairs as p
left join verdicts as v
    on p.resource = v.resource and p.was = v.was and p.sourcedId = v.sourcedId
where p.resource = '{resource}' and coalesce(v.verdict, '{undecided}') = ''
