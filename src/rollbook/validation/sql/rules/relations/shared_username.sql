-- users.username.shared
-- severity: warning
-- title: Different people have the same username
-- meaning: A username belongs to one person; whoever logs in with it may be taken for somebody else. Records of one person in several roles are another matter. One finding stands for all who share it.
-- repair: Give each person a username of their own in the SIS.
-- who: district
-- source: OneRoster CSV, users.username; ClassLink: equals the login name
with shared as (
    select lower(u.username) as username
    from live_users as u
    group by lower(u.username)
    having count(*) > 1
)

select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'username' as field,
    arg_min(u.username, u.record) as value,
    count(*) as rows
from live_users as u
semi join shared as s on lower(u.username) = s.username
group by lower(u.username)
having
    count(u.record) > 0
    and count(distinct lower(u.givenName || ' ' || u.familyName)) > 1
