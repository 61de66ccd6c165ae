-- grain: one row per user: what kind of person, where, and in how many classes
create or replace temp table user_facts as
with places as (
    select
        e.userSourcedId as person,
        count(*) filter (where e.role = 'student') as studies,
        count(*) filter (where e.role = 'teacher') as teaches
    from live_enrollments as e
    group by e.userSourcedId
),

at_school as (
    select distinct a.sourcedId
    from (
        select
            u.sourcedId,
            trim(unnest(string_split(u.orgSourcedIds, ','))) as org
        from live_users as u
        where u.role = 'student'
    ) as a
    inner join org_facts as o on a.org = o.sourcedId
    where o.type = 'school' or o.type like 'ext:%'
)

select
    u.sourcedId,
    u.role,
    case
        when u.role = 'student' then 'student'
        when u.role in ('parent', 'guardian', 'relative') then 'family'
        when u.role in ('teacher', 'administrator', 'aide', 'proctor') then 'staff'
        else 'other'
    end as kind,
    u.orgSourcedIds as orgs,
    u.grades,
    s.sourcedId is not null as is_at_school,
    coalesce(p.studies, 0) as studies,
    coalesce(p.teaches, 0) as teaches
from live_users as u
left join places as p on u.sourcedId = p.person
left join at_school as s on u.sourcedId = s.sourcedId
