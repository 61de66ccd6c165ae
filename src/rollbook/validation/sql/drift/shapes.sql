-- grain: one row: how many new ids of {resource} have a form that is new, too, and one of them
with forms as (
    select distinct {form} as form
    from "published_{resource}"
),

fresh as (
    select
        sourcedId,
        {form} as form
    from fresh_ids
)

select
    count(*) filter (where k.form is null) as reshaped,
    min(f.sourcedId) filter (where k.form is null) as example
from fresh as f
left join forms as k on f.form = k.form
