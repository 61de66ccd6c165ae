-- grain: none, for no record of {resource} changes
create or replace view "{name}_{resource}" as
select p.*
from "before_{resource}" as p
where false
