-- grain: one row per org: what is above it and who and what is there
create or replace temp table org_facts as
with people as (
    select
        trim(p.org) as org,
        count(*) as people,
        count(*) filter (where p.role = 'student') as students
    from (
        select
            u.role,
            unnest(string_split(u.orgSourcedIds, ',')) as org
        from live_users as u
        where u.orgSourcedIds is not null
    ) as p
    group by trim(p.org)
),

taught as (
    select
        c.schoolSourcedId as org,
        count(*) as classes
    from live_classes as c
    group by c.schoolSourcedId
),

offered as (
    select
        c.orgSourcedId as org,
        count(*) as courses
    from live_courses as c
    group by c.orgSourcedId
),

below as (
    select
        o.parentSourcedId as org,
        count(*) as children
    from live_orgs as o
    group by o.parentSourcedId
),

districts as (
    select o.sourcedId
    from live_orgs as o
    where o.type in ('district', 'local')
),

in_districts as (
    select distinct l.sourcedId
    from lines_orgs as l
    semi join districts as d on l.ancestor = d.sourcedId
)

select
    o.sourcedId,
    o.type,
    p.type as parent_type,
    i.sourcedId is not null as is_in_district,
    (
        select count(*) > 0
        from districts
    ) as has_districts,
    coalesce(e.people, 0) as people,
    coalesce(e.students, 0) as students,
    coalesce(t.classes, 0) as classes,
    coalesce(f.courses, 0) as courses,
    coalesce(b.children, 0) as children
from live_orgs as o
left join live_orgs as p on o.parentSourcedId = p.sourcedId
left join in_districts as i on o.sourcedId = i.sourcedId
left join people as e on o.sourcedId = e.org
left join taught as t on o.sourcedId = t.org
left join offered as f on o.sourcedId = f.org
left join below as b on o.sourcedId = b.org
