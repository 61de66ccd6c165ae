-- userProfiles.username.shared
-- severity: warning
-- title: Two people have one account
-- meaning: Vendor, application and username of the two profiles are the same, and they belong to different users. Whoever logs in is taken for either.
-- repair: Correct the account of one of the two in the SIS.
-- who: district
-- source: OneRoster 1.2 CSV, userProfiles
select
    min(p.file) as file,
    min(p.record) as record,
    arg_min(p.sourcedId, p.record) as sourcedId,
    'username' as field,
    arg_min(p.username, p.record) as value,
    count(*) as rows
from live_userProfiles as p
group by
    p.vendorId,
    p.applicationId,
    lower(p.username)
having count(p.record) > 0 and count(distinct p.userSourcedId) > 1
