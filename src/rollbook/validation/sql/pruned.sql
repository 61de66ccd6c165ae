-- grain: one row per record that stays and names records that go, with the others
create or replace table {name} as
select
    e.sourcedId,
    string_agg(e.value, ',' order by e.position) filter (where s.sourcedId is not null) as value
from {elements} as e
left join "{standing}" as s on e.value = s.sourcedId
group by e.sourcedId
having count(*) > count(s.sourcedId)
