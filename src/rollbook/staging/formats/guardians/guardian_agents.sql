-- grain: one row per person of the package who gains agents: students guardians, guardians students
select
    l.student as sourcedId,
    list(l.guardian) as agents
from adapted.guardian_links as l
group by l.student
union all
select
    t.guardian as sourcedId,
    t.students as agents
from adapted.guardian_ties as t
