-- grain: one row per published record of {resource} that changes or goes, under the id it goes on with
create or replace view "was_{resource}" as
select unnest(c.old)
from "changes_{resource}" as c
where c.change <> 'create'
