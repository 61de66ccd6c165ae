-- grain: one row: ids of {resource} in the delivery, those of them that are new, those of these
-- whose form is new, too, and one of the last
with forms as (
    select distinct {form} as form
    from "published_{resource}" as i
),

fresh as (
    select
        i.sourcedId,
        {form} as form
    from (
        select f.id as sourcedId
        from fresh_ids as f
    ) as i
)

select
    (
        select count(*)
        from "{resource}" as t
    ) as ids,
    count(*) as fresh,
    count(*) filter (where k.form is null) as reshaped,
    min(f.sourcedId) filter (where k.form is null) as example
from fresh as f
left join forms as k on f.form = k.form
