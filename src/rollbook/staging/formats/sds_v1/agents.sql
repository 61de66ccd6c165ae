-- grain: one row per student with guardians
select
    g.student,
    string_agg(distinct g.sourcedId, ',' order by g.sourcedId) as agents
from adapted.guardian_rows as g
where g.student is not null
group by g.student
