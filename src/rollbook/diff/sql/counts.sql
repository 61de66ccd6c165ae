-- grain: one row, about {resource}
select
    count(*) filter (where c.change = 'create') as creates,
    count(*) filter (where c.change = 'update') as updates,
    count(*) filter (where c.change = 'abandon') as abandons,
    (select count(*) from "published_{resource}") as active
from "changes_{resource}" as c
