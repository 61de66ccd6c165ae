-- academicSessions.endDate.one_day
-- severity: warning
-- title: A session is a single day
-- meaning: endDate is the first day after the session, and here it is the very next day. Perhaps the session was not set up to the end. Its classes are over as soon as they begin.
-- repair: Correct the dates of the session in the SIS.
-- who: district
-- source: OneRoster CSV, academicSessions: start inclusive, end exclusive
try_cast(t.endDate as date) - try_cast(t.startDate as date) = 1
