-- grain: one row, about {resource}: whether any record is re-keyed, and whether any pair waits
select
    coalesce(bool_or(p.kind = 'rekeyed' and coalesce(v.verdict, '{undecided}') = 'same'), false),
    coalesce(bool_or(coalesce(v.verdict, '{undecided}') = ''), false)
from pairs as p
left join verdicts as v
    on p.resource = v.resource and p.was = v.was and p.sourcedId = v.sourcedId
where p.resource = '{resource}'
