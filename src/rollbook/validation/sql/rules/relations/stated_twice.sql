-- roles.role.stated_twice
-- severity: info
-- title: The same role of somebody at an org is there twice
-- meaning: User, org and role are the same in several rows, and their dates overlap or are empty. It counts once.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why roles repeat.
-- who: SIS vendor
-- source: OneRoster 1.2 CSV, roles
with many as (
    select
        r.userSourcedId,
        r.orgSourcedId,
        r.role
    from live_roles as r
    group by
        r.userSourcedId,
        r.orgSourcedId,
        r.role
    having count(*) > 1
),

ordered as (
    select
        r.*,
        lead(coalesce(r.beginDate, '0')) over (
            partition by
                r.userSourcedId,
                r.orgSourcedId,
                r.role
            order by coalesce(r.beginDate, '0'), r.sourcedId
        ) as next_begins
    from live_roles as r
    semi join many as m
        on
            r.userSourcedId = m.userSourcedId
            and r.orgSourcedId = m.orgSourcedId
            and r.role = m.role
)

select
    o.row,
    o.file,
    o.record,
    o.sourcedId,
    'role' as field,
    o.role as value
from ordered as o
where o.record is not null and o.next_begins < coalesce(o.endDate, '9')
