-- grain: one row per row of academicSessions.csv, and one for classes that name none if there is none
select
    a.record as row,
    a.file,
    a.record,
    a.sourcedId,
    a.title,
    case lower(a.type)
        when 'schoolyear' then 'schoolYear'
        when 'gradingperiod' then 'gradingPeriod'
        when 'semester' then 'semester'
        when 'term' then 'term'
        else a.type
    end as type,
    coalesce(s.iso, a.startDate) as startDate,
    coalesce(e.iso, a.endDate) as endDate,
    coalesce(a.schoolYear, (year(e.day) + if(month(e.day) >= 9, 1, 0))::varchar) as schoolYear,
    object_of(unknown_members(a.ext)) as metadata
from sds_v2_1_academicsessions as a
left join adapted.dates as s on a.startDate = s.raw
left join adapted.dates as e on a.endDate = e.raw
union all
select
    place(1, min(c.record), 0) as row,
    min(c.file) as file,
    min(c.record) as record,
    y.sourcedId,
    (y.school_year - 1) || '-' || y.school_year as title,
    'schoolYear' as type,
    (y.school_year - 1) || '-08-01' as startDate,
    y.school_year || '-06-30' as endDate,
    y.school_year::varchar as schoolYear,
    null as metadata
from sds_v2_1_classes as c
cross join adapted.year as y
where y.is_derived and c.sessionSourcedIds is null
group by y.sourcedId, y.school_year
