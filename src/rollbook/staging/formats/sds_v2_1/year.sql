-- grain: one row: the school year of classes that name no session; the file's latest, or a derived one
select
    coalesce(
        arg_max(a.sourcedId, coalesce(d.iso, a.startDate, '')),
        'school-year-' || any_value(coalesce(o.school_year, o.this_school_year))
    ) as sourcedId,
    any_value(coalesce(o.school_year, o.this_school_year)) as school_year,
    count(a.sourcedId) = 0 as is_derived
from adapted.options as o
left join sds_v2_1_academicsessions as a on lower(a.type) = 'schoolyear'
left join adapted.dates as d on a.startDate = d.raw
