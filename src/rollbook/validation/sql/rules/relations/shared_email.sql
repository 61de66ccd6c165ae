-- users.email.shared
-- severity: warning
-- title: People who are no family have the same e-mail address
-- meaning: What is sent to one is read by the other, and logins by e-mail take one for the other. Parents may share an address with one another and with their children. One finding stands for all who share it.
-- repair: Enter the true address of each person in the SIS.
-- who: district
-- source: OneRoster CSV, users.email; failures.md F7
with shared as (
    select lower(u.email) as email
    from live_users as u
    where u.email is not null
    group by lower(u.email)
    having count(*) > 1
),

sharers as (
    select
        u.sourcedId,
        u.username,
        u.givenName,
        u.familyName,
        u.email,
        u.file,
        u.record,
        s.email as address
    from live_users as u
    inner join shared as s on lower(u.email) = s.email
),

relatives as (
    select
        s.address,
        s.sourcedId,
        s.sourcedId as family
    from sharers as s
    union
    select
        s.address,
        s.sourcedId,
        f.student as family
    from sharers as s
    inner join families as f on s.sourcedId = f.adult
    union
    select
        s.address,
        s.sourcedId,
        f.adult as family
    from sharers as s
    inner join families as f on s.sourcedId = f.student
),

members as (
    select
        r.address,
        r.family,
        count(*) as people
    from relatives as r
    group by
        r.address,
        r.family
),

largest as (
    select
        m.address,
        max(m.people) as people
    from members as m
    group by m.address
)

select
    min(s.file) as file,
    min(s.record) as record,
    arg_min(s.sourcedId, s.record) as sourcedId,
    'email' as field,
    arg_min(s.email, s.record) as value,
    count(*) as rows
from sharers as s
inner join largest as l on s.address = l.address
group by s.address
having
    count(s.record) > 0
    and any_value(l.people) < count(*)
    and count(distinct lower(s.givenName || ' ' || s.familyName)) > 1
