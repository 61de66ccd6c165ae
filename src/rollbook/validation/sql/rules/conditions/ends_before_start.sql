-- academicSessions.endDate.ends_before_start
-- applies: academicSessions.endDate
-- severity: error
-- title: A session ends before it starts
-- meaning: endDate is the first day after the session, so it must be later than startDate. The row was set aside.
-- repair: Correct the dates of the session in the SIS.
-- who: district
-- source: OneRoster CSV, academicSessions: start inclusive, end exclusive
try_cast(t.endDate as date) <= try_cast(t.startDate as date)
