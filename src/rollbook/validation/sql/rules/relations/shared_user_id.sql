-- users.userIds.shared
-- severity: warning
-- title: Two people have the same further id
-- meaning: userIds gives a person's ids in other systems. Here different people have one id of one type, so that the other system takes one for the other.
-- repair: Correct the id of one of the two in the SIS.
-- who: district
-- source: OneRoster CSV, users.userIds
with ids as (
    select
        u.sourcedId,
        trim(unnest(string_split(u.userIds, ','))) as id
    from live_users as u
    where u.userIds is not null
),

repeated as (
    select i.id
    from ids as i
    where i.id <> ''
    group by i.id
    having count(*) > 1
)

select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'userIds' as field,
    i.id as value,
    count(*) as rows
from ids as i
semi join repeated as r on i.id = r.id
inner join live_users as u on i.sourcedId = u.sourcedId
group by i.id
having
    count(distinct u.sourcedId) > 1
    and count(distinct lower(u.givenName || ' ' || u.familyName)) > 1
    and count(u.record) > 0
