-- grain: one row per student and person related to them
select
    r.userSourcedId as student,
    r.relationshipUserSourcedId as agent,
    arg_min(r.relationshipRole, r.record) as relationship,
    coalesce(arg_min(w.role, r.record), 'relative') as role
from sds_v2_1_relationships as r
left join crosswalk.relations as w on lower(trim(r.relationshipRole)) = w.word
where r.userSourcedId is not null and r.relationshipUserSourcedId is not null
group by r.userSourcedId, r.relationshipUserSourcedId
