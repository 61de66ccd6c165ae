-- grain: one row per kept record of {resource} whose {field} names records that go: the others
create or replace table "pruned_{resource}_{field}" as
select
    e.sourcedId,
    string_agg(e.value, ',' order by e.position) filter (where s.sourcedId is not null) as value
from {elements} as e
left join "standing_{target}" as s on e.value = s.sourcedId
group by e.sourcedId
having count(*) > count(s.sourcedId)
