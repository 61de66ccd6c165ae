-- grain: one row per row of {resource} with elements of {field} that are not there; the others remain
create or replace table "repair_{resource}_{field}" as
with affected as (
    select distinct f.row
    from findings as f
    where
        f.resource = '{resource}'
        and f.field = '{field}'
        and f.severity = 'warning'
        and f.drops_value
        and f.row is not null
),

known as (
    select
        t.row,
        string_agg(t.value, ',' order by t.position) as value
    from {named} as t
    semi join affected as a on t.row = a.row
    semi join "standing_{target}" as s on t.value = s.sourcedId
    group by t.row
)

select
    a.row,
    k.value
from affected as a
left join known as k on a.row = k.row
