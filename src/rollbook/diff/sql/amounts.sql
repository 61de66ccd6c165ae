-- grain: one row per kind of change of {resource}
select
    c.change,
    count(*) as amount
from "changes_{resource}" as c
group by c.change
