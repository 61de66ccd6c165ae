-- grain: one row per record of {resource} that left earlier and has not returned
insert into departed_next by name
select e.*
from departed_before as e
anti join "fresh_{resource}" as f on e.servedId = f.servedId
where e.resource = '{resource}'
