-- grain: one row per row of studentenrollment.csv and of teacherroster.csv; nobody is called the primary teacher
-- The school is the section's; where the section is not there it is the person's.
with schools as (
    select
        t.class_id,
        arg_min(t.school, t.row) as school
    from adapted.taught as t
    group by t.class_id
),

homes as (
    select
        p.role,
        p.id,
        arg_min(p.first_school, p.record) as school
    from adapted.people as p
    group by p.role, p.id
),

told as (
    select
        place(5, e.record, 0) as row,
        e.file,
        e.record,
        e."Section SIS ID" as section,
        e."SIS ID" as id,
        '' as prefix,
        'student' as role,
        e.ext
    from sds_v1_studentenrollment as e
    union all
    select
        place(6, e.record, 0) as row,
        e.file,
        e.record,
        e."Section SIS ID" as section,
        e."SIS ID" as id,
        k.prefix,
        'teacher' as role,
        e.ext
    from sds_v1_teacherroster as e
    cross join adapted.kinds as k
)

select
    t.row,
    t.file,
    t.record,
    joined_id(t.section, t.prefix || t.id, '') as sourcedId,
    t.section as classSourcedId,
    coalesce(s.school, h.school) as schoolSourcedId,
    t.prefix || t.id as userSourcedId,
    t.role,
    object_of(unknown_members(t.ext)) as metadata
from told as t
left join schools as s on t.section = s.class_id
left join homes as h on t.role = h.role and t.id = h.id
