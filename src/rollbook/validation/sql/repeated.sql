-- grain: one row per id that more than one row of {resource} claims
create or replace table "repeated_{resource}" as
with many as (
    select r.sourcedId
    from "{resource}" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
)

select
    t.sourcedId,
    min(t.row) as first_row,
    count(distinct row({columns})) = 1 as is_identical
from "{resource}" as t
semi join many as m on t.sourcedId = m.sourcedId
group by t.sourcedId
