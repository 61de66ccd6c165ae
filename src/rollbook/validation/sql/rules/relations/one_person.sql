-- users.username.one_person
-- severity: info
-- title: One person has several records
-- meaning: Username and name are the same and the ids differ. Version 1.1 of the standard knows one role for a user, so that a teacher who is also a parent is exported twice.
-- repair: Nothing has to be done. Version 1.2 can say it in one record.
-- who: SIS vendor
-- source: fact base section 9, several roles in 1.1; HMH merges by username
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
    and count(distinct lower(u.givenName || ' ' || u.familyName)) = 1
