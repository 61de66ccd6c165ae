-- grain: one row per school, and one for the district above them
with offices as (
    select
        s.School_id,
        min(s.row) as row,
        arg_min(s.file, s.row) as file,
        arg_min(s.record, s.row) as record
    from adapted.staff_schools as s
    anti join clever_schools as c on s.School_id = c.School_id
    where s.School_id = 'DEFAULT_DISTRICT_OFFICE'
    group by s.School_id
),

t as (select min(file) as file from adapted.staff_schools),

district as (
    select
        coalesce(s.file, t.file, 'schools.csv') as file
    from (select min(file) as file from clever_schools) as s
    cross join t
)

select
    place(0, 1, 0) as row,
    d.file,
    1::bigint as record,
    'district' as sourcedId,
    o.district_name as name,
    'district' as type,
    null::varchar as identifier,
    null::varchar as parentSourcedId,
    null::varchar as metadata
from district as d
cross join adapted.options as o
where
    not exists (
        select 1 from clever_schools as s
        where s.School_id = 'district'
    )
union all
select
    place(1, s.record, 0) as row,
    s.file,
    s.record,
    s.School_id as sourcedId,
    s.School_name as name,
    if(s.School_id = 'district', 'district', 'school') as type,
    s.School_number as identifier,
    if(s.School_id = 'district', null, 'district') as parentSourcedId,
    object_of(
        concat_ws(
            ',',
            member('clever.state_id', s.State_id),
            member('clever.nces_id', s.Nces_id),
            member('clever.mdr_number', s.MDR_number),
            member('clever.low_grade', s.Low_grade),
            member('clever.high_grade', s.High_grade),
            member(
                'grades',
                case
                    when low.was_date then low.grades
                    when high.was_date then high.grades
                end
            ),
            member('clever.principal', s.Principal),
            member('clever.principal_email', s.Principal_email),
            member('clever.school_address', s.School_address),
            member('clever.school_city', s.School_city),
            member('clever.school_state', s.School_state),
            member('clever.school_zip', s.School_zip),
            member('clever.school_phone', s.School_phone),
            extension_members(x.ext, s.ext)
        )
    ) as metadata
from clever_schools as s
left join adapted.grades as low on s.Low_grade = low.raw
left join adapted.grades as high on s.High_grade = high.raw
left join adapted.extensions as x on s.School_id = x.id and x.kind = 'school'
union all
select
    f.row,
    f.file,
    f.record,
    f.School_id as sourcedId,
    'District office' as name,
    'department' as type,
    null as identifier,
    'district' as parentSourcedId,
    null as metadata
from offices as f
