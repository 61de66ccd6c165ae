-- academicSessions.endDate.over_two_years
-- severity: warning
-- title: A session lasts longer than two years
-- meaning: A school year, a term or a grading period is over within a year or so. Classes of a session this long stay current long after they ended.
-- repair: Correct the dates of the session in the SIS.
-- who: district
-- source: Rollbook, plausibility of dates; OneRoster CSV, academicSessions
try_cast(t.endDate as date) - try_cast(t.startDate as date) > 731
