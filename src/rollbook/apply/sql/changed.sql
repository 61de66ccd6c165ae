-- grain: one row per record of {resource} that is new or differs, as it will be
create or replace view "changed_{resource}" as
select n.*
from "next_{resource}" as n
semi join (
    select c.sourcedId
    from "changes_{resource}" as c
    where c.change <> 'abandon'
) as c on n.sourcedId = c.sourcedId
