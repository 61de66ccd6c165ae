-- grain: one row per derivation that was made, and one per row of a file that reaches nobody
select 'classes.termSourcedIds.derived' as code, c.file, null::bigint as record, null as sourcedId, 'termSourcedIds' as field, any_value(y.sourcedId) as value, count(*) as rows
from sds_v2_1_classes as c
cross join adapted.year as y
where c.sessionSourcedIds is null
group by c.file
union all
select 'classes.courseSourcedId.derived', c.file, null, null, 'courseSourcedId', null, count(*)
from sds_v2_1_classes as c
where c.courseSourcedId is null
group by c.file
union all
select 'users.agentSourcedIds.unstated', r.file, r.record, coalesce(r.userSourcedId, r.relationshipUserSourcedId), 'agentSourcedIds', null, 1
from sds_v2_1_relationships as r
where r.userSourcedId is null or r.relationshipUserSourcedId is null
union all
select 'users.agentSourcedIds.unknown', r.file, r.record, r.userSourcedId, 'agentSourcedIds', r.userSourcedId, 1
from sds_v2_1_relationships as r
anti join sds_v2_1_users as u on r.userSourcedId = u.sourcedId
anti join sds_v2_1_users as v on r.relationshipUserSourcedId = v.sourcedId
where r.userSourcedId is not null and r.relationshipUserSourcedId is not null
union all
select 'demographics.metadata.unstated', f.file, f.record, f.userSourcedId, 'metadata', f.flag, 1
from sds_v2_1_userflags as f
where f.userSourcedId is null or f.flag is null
