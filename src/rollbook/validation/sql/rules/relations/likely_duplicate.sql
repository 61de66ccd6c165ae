-- users.sourcedId.likely_duplicate
-- severity: warning
-- title: One student seems to be there twice
-- meaning: Name and birth date are the same, or name and e-mail address, and the ids differ. Usually somebody was entered anew after a move instead of being found. One finding stands for all the records.
-- repair: Compare the records in the SIS and merge them there if they are one person.
-- who: district
-- source: failures.md, "first sync makes duplicates"; fact base section 9
with students as (
    select
        u.sourcedId,
        u.file,
        u.record,
        lower(u.givenName || ' ' || u.familyName) as name,
        u.username,
        coalesce(d.birthDate, lower(u.email)) as mark
    from live_users as u
    inner join user_facts as f on u.sourcedId = f.sourcedId
    left join live_demographics as d on u.sourcedId = d.sourcedId
    where f.kind = 'student' and coalesce(d.birthDate, u.email) is not null
),

repeated as (
    select hash(s.name, s.mark) as looks
    from students as s
    group by hash(s.name, s.mark)
    having count(*) > 1
),

people as (
    select s.*
    from students as s
    semi join repeated as r on hash(s.name, s.mark) = r.looks
)

select
    min(p.file) as file,
    min(p.record) as record,
    arg_min(p.sourcedId, p.record) as sourcedId,
    'sourcedId' as field,
    arg_min(p.sourcedId, p.record) as value,
    count(*) as rows
from people as p
group by
    p.name,
    p.mark
having count(p.record) > 0 and count(*) > 1 and count(distinct lower(p.username)) > 1
