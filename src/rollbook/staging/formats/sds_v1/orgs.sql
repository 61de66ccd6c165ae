-- grain: one row per school, and one for the district above them
select
    place(0, 1, 0) as row,
    coalesce((select min(s.file) from sds_v1_school as s), 'school.csv') as file,
    1::bigint as record,
    'district' as sourcedId,
    o.district_name as name,
    'district' as type,
    null::varchar as identifier,
    null::varchar as parentSourcedId,
    null::varchar as metadata
from adapted.options as o
where
    not exists (
        select 1 from sds_v1_school as s
        where s."SIS ID" = 'district'
    )
union all
select
    place(1, s.record, 0) as row,
    s.file,
    s.record,
    s."SIS ID" as sourcedId,
    s.Name as name,
    if(s."SIS ID" = 'district', 'district', 'school') as type,
    s."School Number" as identifier,
    if(s."SIS ID" = 'district', null, 'district') as parentSourcedId,
    object_of(
        concat_ws(
            ',',
            member('microsoft.nces_id', s."School NCES_ID"),
            member('microsoft.state_id', s."State ID"),
            member('microsoft.grade_low', s."Grade Low"),
            member('microsoft.grade_high', s."Grade High"),
            member('grades', case when low.was_date then low.grades when high.was_date then high.grades end),
            member('microsoft.principal_sis_id', s."Principal SIS ID"),
            member('microsoft.principal_name', s."Principal Name"),
            member('microsoft.principal_email', s."Principal Secondary Email"),
            member('microsoft.address', s.Address),
            member('microsoft.city', s.City),
            member('microsoft.state', s.State),
            member('microsoft.zip', s.Zip),
            member('microsoft.phone', s.Phone),
            member('microsoft.zone', s.Zone),
            member('microsoft.country', s.Country),
            unknown_members(s.ext)
        )
    ) as metadata
from sds_v1_school as s
left join adapted.grades as low on s."Grade Low" = low.raw
left join adapted.grades as high on s."Grade High" = high.raw
