-- grain: one row per member of staff and school; `district` stands for every org that is none
create or replace temp table written_staff as
-- Where roles tell in which orgs a person is staff, these count, else all orgs of the person.
with told as (
    select
        r.userSourcedId as sourcedId,
        r.orgSourcedId as org
    from given_roles as r
    left join crosswalk_roles as c on r.role = c.role_1_2
    where coalesce(c.role_1_1, 'other') not in ('student', 'teacher', 'guardian', 'parent', 'relative')
),

staff as (
    select u.*
    from given_users as u
    semi join (
        select k.sourcedId from user_kinds as k
        where k.kind = 'staff'
    ) as k
        on u.sourcedId = k.sourcedId
),

listed as (
    select
        t.sourcedId,
        t.org
    from told as t
    union
    select
        u.sourcedId,
        trim(unnest(string_split(u.orgSourcedIds, ',')))
    from staff as u
    anti join told as t on u.sourcedId = t.sourcedId
),

placed as (
    select distinct
        l.sourcedId,
        coalesce(s.sourcedId, 'district') as school
    from listed as l
    left join written_schools as s on l.org = s.sourcedId
)

select
    u.*,
    p.school
from staff as u
inner join placed as p on u.sourcedId = p.sourcedId
where u.email is not null
