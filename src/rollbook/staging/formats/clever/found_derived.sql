-- grain: one row per derivation that was made, with the number of rows it was made in
with usernames as (
    select
        u.file,
        count(*) as rows
    from adapted.users as u
    cross join adapted.options as o
    where o.derives_usernames and u.username is not distinct from coalesce(u.email, u.sourcedId)
    group by u.file
),

primary_schools as (
    select
        u.file,
        count(*) as rows
    from (
        select s.file, s.metadata from adapted.students as s
        union all
        select t.file, t.metadata from adapted.teachers as t
    ) as u
    where contains(u.metadata, '"clever.school_id":')
    group by u.file
),

titles as (
    select
        c.file,
        count(*) as rows
    from adapted.classes as c
    inner join adapted.taught as t on c.row = t.row
    where c.title is distinct from t.class_name
    group by c.file
),

subjects as (
    select
        t.file,
        count(*) as rows
    from adapted.section_subjects as s
    inner join adapted.taught as t on s.row = t.row
    cross join adapted.options as o
    where o.derives_subjects and s.subject is distinct from s.raw
    group by t.file
),

grades as (
    select
        c.file,
        count(*) as rows
    from adapted.classes as c
    inner join adapted.taught as t on c.row = t.row
    left join adapted.grades as g on t.grade = g.raw
    where c.grades is distinct from g.grades
    group by c.file
)

select 'users.username.derived' as code, u.file, 'username' as field, null::varchar as value, u.rows
from usernames as u
union all
select 'users.orgSourcedIds.derived', p.file, 'orgSourcedIds', null, p.rows from primary_schools as p
union all
select 'classes.title.derived', t.file, 'title', null, t.rows from titles as t
union all
select 'classes.subjects.derived', s.file, 'subjects', null, s.rows from subjects as s
union all
select 'classes.grades.derived', g.file, 'grades', null, g.rows from grades as g
