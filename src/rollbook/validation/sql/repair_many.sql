-- grain: one row per row of {resource} with elements of {field} that are not there; the others remain
create or replace table "repair_{resource}_{field}" as
with affected as (
    select distinct f.record
    from findings as f
    where
        f.resource = '{resource}'
        and f.field = '{field}'
        and f.severity = 'warning'
        and f.record is not null
),

known as (
    select
        t.record,
        string_agg(t.value, ',' order by t.position) as value
    from {named} as t
    semi join affected as a on t.record = a.record
    semi join "standing_{target}" as s on t.value = s.sourcedId
    group by t.record
)

select
    a.record,
    k.value
from affected as a
left join known as k on a.record = k.record
