-- users.identifier.shared
-- severity: warning
-- title: Two people of one kind have the same number
-- meaning: A student number belongs to one student and a staff number to one member of staff. What is matched by it goes to the wrong person.
-- repair: Correct the number of one of the two in the SIS.
-- who: district
-- source: OneRoster CSV, users.identifier
with shared as (
    select u.identifier
    from live_users as u
    where u.identifier is not null
    group by u.identifier
    having count(*) > 1
)

select
    min(u.file) as file,
    min(u.record) as record,
    arg_min(u.sourcedId, u.record) as sourcedId,
    'identifier' as field,
    u.identifier as value,
    count(*) as rows
from live_users as u
semi join shared as s on u.identifier = s.identifier
inner join user_facts as f on u.sourcedId = f.sourcedId
group by
    u.identifier,
    f.kind
having
    count(u.record) > 0
    and count(distinct lower(u.givenName || ' ' || u.familyName)) > 1
