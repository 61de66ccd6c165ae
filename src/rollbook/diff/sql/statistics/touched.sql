-- grain: one row per record of {resource} that changes: what it is and where, before and after
create or replace table "touched_{resource}" as
select
    c.sourcedId,
    c.change,
    case when p.sourcedId is not null then {subject_before} end as subject,
    case when n.sourcedId is not null then {subject_after} end as subject_after,
    case when p.sourcedId is not null then {schools_before} end as schools,
    case when n.sourcedId is not null then {schools_after} end as schools_after
from "changes_{resource}" as c
left join "was_{resource}" as p on c.sourcedId = p.sourcedId
left join "becomes_{resource}" as n on c.sourcedId = n.sourcedId
