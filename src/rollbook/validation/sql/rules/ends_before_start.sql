-- academicSessions.endDate.ends_before_start
-- severity: error
-- title: A session ends before it starts
-- meaning: endDate is the first day after the session, so it must be later than startDate. The row was set aside.
-- repair: Correct the dates of the session in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, academicSessions: start inclusive, end exclusive
select
    t.file,
    t.record,
    t.sourcedId,
    'endDate' as field,
    t.endDate as value
from academicSessions as t
where try_cast(t.endDate as date) <= try_cast(t.startDate as date)
