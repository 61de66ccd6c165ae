-- roles.roleType.two_primary
-- severity: warning
-- strict: error
-- title: Somebody has two primary roles at one org
-- meaning: One of a user's roles at an org is the primary one. With two, applications take either. One finding stands for the roles of the user there.
-- repair: Leave one primary role in the SIS and make the others secondary.
-- who: SIS vendor
-- source: OneRoster 1.2 CSV, roles.roleType
select
    min(r.file) as file,
    min(r.record) as record,
    arg_min(r.sourcedId, r.record) as sourcedId,
    'roleType' as field,
    'primary' as value,
    count(*) as rows
from live_roles as r
where r.roleType = 'primary'
group by
    r.userSourcedId,
    r.orgSourcedId
having count(r.record) > 0 and count(*) > 1
