-- grain: one row per thing that somebody removed and somebody added of one kind of role have in common
create or replace table shared_keys as
select distinct
    r.kind,
    r.evidence,
    r.key
from removed_keys as r
semi join added_keys as a on r.kind = a.kind and r.evidence = a.evidence and r.key = a.key
