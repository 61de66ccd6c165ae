-- grain: one row per record of {resource} that is new or changes, as it will be
create or replace view "becomes_{resource}" as
select unnest(c.new)
from "changes_{resource}" as c
where c.change <> 'abandon'
