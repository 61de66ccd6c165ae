-- grain: one row per guardian and student
select
    k.prefix || g.guardianSourcedId as guardian,
    g.studentSourcedId as student,
    min(g.record) as record,
    arg_min(g.relationship, g.record) as relationship,
    coalesce(arg_min(r.role, g.record), 'guardian') as role
from guardians_guardians as g
cross join adapted.guardian_kinds as k
left join crosswalk.relations as r on lower(trim(g.relationship)) = r.word
where g.guardianSourcedId is not null and g.studentSourcedId is not null
group by k.prefix, g.guardianSourcedId, g.studentSourcedId
