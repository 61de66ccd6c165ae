-- grain: one row per changed record of {resource}, of each kind of change the first ones by id
-- Which these are is decided by ids alone: what all of them say would not fit into memory.
with firsts as (
    select
        k.sourcedId,
        k.change
    from "changes_{resource}" as k
    qualify row_number() over (partition by k.change order by k.sourcedId) <= $most
)

select c.*
from "changes_{resource}" as c
semi join firsts as f on c.sourcedId = f.sourcedId and c.change = f.change
