-- grain: one row per row of {resource} whose {field} cannot be used; the published value takes its place
create or replace table "repair_{resource}_{field}" as
select
    f.row,
    any_value({value}) as value
from findings as f
left join "published_{resource}" as p on f.sourcedId = p.sourcedId
where
    f.resource = '{resource}'
    and f.field = '{field}'
    and f.severity = 'warning'
    and f.drops_value
    and f.row is not null
group by f.row
