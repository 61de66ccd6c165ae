-- grain: one row per user, school and kind of person
-- At one school a person has one primary role: the teacher's goes before the staff member's.
with students as (
    select
        s.Student_id as userSourcedId,
        s.School_id as orgSourcedId,
        place(5, s.record, 0) as row,
        s.file,
        s.record
    from adapted.student_schools as s
    semi join adapted.first_schools as f on s.Student_id = f.Student_id
    union all
    select
        s.sourcedId as userSourcedId,
        s.primaryOrgSourcedId as orgSourcedId,
        min(s.row) as row,
        any_value(s.file) as file,
        min(s.record) as record
    from adapted.students as s
    anti join adapted.student_schools as t
        on s.sourcedId = t.Student_id and s.primaryOrgSourcedId = t.School_id
    where s.sourcedId is not null and s.primaryOrgSourcedId is not null
    group by s.sourcedId, s.primaryOrgSourcedId
),

listed as (
    select
        h.Teacher_id,
        unnest(list_distinct(list_concat(h.schools, [h.primary_school]))) as School_id
    from adapted.teacher_homes as h
    where h.Teacher_id is not null
),

teachers as (
    select
        k.prefix || l.Teacher_id as userSourcedId,
        l.School_id as orgSourcedId,
        coalesce(
            place(4, any_value(s.first.record), any_value(s.first.n)),
            place(3, min(t.record), 0)
        ) as row,
        coalesce(any_value(s.file), any_value(t.file)) as file,
        coalesce(any_value(s.first.record), min(t.record)) as record
    from listed as l
    inner join adapted.kinds as k on k.kind = 'teacher'
    left join adapted.teacher_schools as s on l.Teacher_id = s.Teacher_id and l.School_id = s.School_id
    left join clever_teachers as t
        on l.Teacher_id = t.Teacher_id and (l.School_id = t.School_id or s.School_id is null)
    where l.School_id is not null
    group by k.prefix, l.Teacher_id, l.School_id
),

staff as (
    select
        if(s.Teacher_id is null, k.prefix || s.Staff_id, t.prefix || s.Teacher_id) as userSourcedId,
        s.School_id as orgSourcedId,
        min(s.row) as row,
        any_value(s.file) as file,
        arg_min(s.record, s.row) as record
    from adapted.staff_schools as s
    inner join adapted.kinds as k on k.kind = 'staff'
    inner join adapted.kinds as t on t.kind = 'teacher'
    where s.School_id is not null
    group by 1, 2
),

every as (
    select *, 'student' as role, '.student' as ending from students
    union all
    select *, 'teacher' as role, '.teacher' as ending from teachers
    union all
    select
        s.*,
        if(s.orgSourcedId in ('district', 'DEFAULT_DISTRICT_OFFICE'), 'districtAdministrator', 'siteAdministrator')
            as role,
        '.staff' as ending
    from staff as s
)

select
    e.row,
    e.file,
    e.record,
    joined_id(e.userSourcedId, e.orgSourcedId, e.ending) as sourcedId,
    e.userSourcedId,
    if(e.ending = '.staff' and t.userSourcedId is not null, 'secondary', 'primary') as roleType,
    e.role,
    e.orgSourcedId
from every as e
left join teachers as t on e.userSourcedId = t.userSourcedId and e.orgSourcedId = t.orgSourcedId
where e.userSourcedId is not null
union all
select
    c.row + o.place - 1 as row,
    c.file,
    c.record,
    joined_id(c.sourcedId, o.school, '.contact') as sourcedId,
    c.sourcedId as userSourcedId,
    'primary' as roleType,
    c.role,
    o.school as orgSourcedId
from adapted.contacts as c
cross join lateral unnest(string_split(c.orgSourcedIds, ',')) with ordinality as o (school, place)
