-- users.userIds.shared
-- severity: warning
-- title: Two people have the same further id
-- meaning: userIds gives a person's ids in other systems. Here different people have one id of one type, so that the other system takes one for the other.
-- repair: Correct the id of one of the two in the SIS.
-- who: district
-- source: OneRoster CSV, users.userIds
with named as (
    select
        u.sourcedId,
        lower(u.givenName || ' ' || u.familyName) as name,
        u.file,
        u.record,
        trim(unnest(string_split(u.userIds, ','))) as id
    from live_users as u
    where u.userIds is not null
)

select
    min(n.file) as file,
    min(n.record) as record,
    arg_min(n.sourcedId, n.record) as sourcedId,
    'userIds' as field,
    n.id as value,
    count(*) as rows
from named as n
where n.id <> ''
group by n.id
having
    count(distinct n.sourcedId) > 1
    and count(distinct n.name) > 1
    and count(n.record) > 0
