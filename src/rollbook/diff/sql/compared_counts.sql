-- grain: one row, about {resource}
select
    count(*) filter (where c.change = 'create') as creates,
    count(*) filter (where c.change = 'update') as updates,
    count(*) filter (where c.change = 'abandon') as abandons,
    count(*) filter (where c.change = 'rekey') as rekeys
from "compared_{resource}" as c
