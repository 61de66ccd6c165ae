-- roles.roleType.none_primary
-- severity: info
-- title: None of somebody's roles at an org is the primary one
-- meaning: Exactly one of a user's roles at an org should be primary. Here all are secondary; the first counts.
-- repair: Nothing has to be done. Ask the SIS vendor to mark one role of each user and org as primary.
-- who: SIS vendor
-- source: OneRoster 1.2 CSV, roles.roleType
select
    min(r.file) as file,
    min(r.record) as record,
    arg_min(r.sourcedId, r.record) as sourcedId,
    'roleType' as field,
    'secondary' as value,
    count(*) as rows
from live_roles as r
group by
    r.userSourcedId,
    r.orgSourcedId
having count(r.record) > 0 and count(*) filter (where r.roleType = 'primary') = 0
