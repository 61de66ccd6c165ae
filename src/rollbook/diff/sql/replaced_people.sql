-- grain: one row per person of whom somebody decided that the id is another's now
create or replace table replaced_users as
select p.sourcedId
from pairs as p
inner join verdicts as v
    on p.resource = v.resource and p.was = v.was and p.sourcedId = v.sourcedId
semi join before_users as b on p.was = b.sourcedId
semi join {coming}_users as c on p.sourcedId = c.sourcedId
where p.kind = 'reassigned' and v.verdict = 'different'
