-- grain: one row per student and per teacher as their file tells them; rows that differ only in the school are one
with told as (
    select
        s.file,
        s.record,
        2 as place,
        'student' as role,
        '' as prefix,
        s."SIS ID" as id,
        s."School SIS ID" as school,
        s.Username,
        s."First Name" as given,
        s."Last Name" as family,
        s."Middle Name" as middle,
        s."Student Number" as number,
        s."Secondary Email" as email,
        s.Grade as grade,
        s.Status as status,
        concat_ws(
            ',',
            member('microsoft.state_id', s."State ID"),
            member('microsoft.graduation_year', s."Graduation Year"),
            unknown_members(s.ext)
        ) as members
    from sds_v1_student as s
    union all
    select
        t.file,
        t.record,
        3 as place,
        'teacher' as role,
        k.prefix,
        t."SIS ID" as id,
        t."School SIS ID" as school,
        t.Username,
        t."First Name" as given,
        t."Last Name" as family,
        t."Middle Name" as middle,
        t."Teacher Number" as number,
        t."Secondary Email" as email,
        null as grade,
        t.Status as status,
        concat_ws(
            ',',
            member('microsoft.state_id', t."State ID"),
            member('microsoft.title', t.Title),
            member('microsoft.qualification', t.Qualification),
            unknown_members(t.ext)
        ) as members
    from sds_v1_teacher as t
    cross join adapted.kinds as k
)

select
    t.* exclude (file, record, school),
    any_value(t.file) as file,
    min(t.record) as record,
    arg_min(t.school, t.record) as first_school,
    list(distinct t.school) filter (where t.school is not null) as schools
from told as t
group by all
