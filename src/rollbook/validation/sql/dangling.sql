-- grain: one row per id that {field} of {resource} names and that does not stand, with the reason
create or replace table "dangling_{resource}_{field}" as
with found as (
    select
        t.sourcedId,
        bool_and(coalesce(t.status, 'active') = 'tobedeleted') as is_removed
    from "{target}" as t
    semi join "loose_{resource}_{field}" as l on t.sourcedId = l.value
    group by t.sourcedId
)

select
    l.*,
    case
        when f.sourcedId is null then 'unknown'
        when f.is_removed then 'removed'
        else 'set_aside'
    end as fate
from "loose_{resource}_{field}" as l
left join found as f on l.value = f.sourcedId
