-- academicSessions.startDate.outside_parent
-- severity: warning
-- title: A session is not within the days of its parent
-- meaning: A term lies within its school year and a grading period within its term; here one begins earlier or ends later. One day at the end is allowed.
-- repair: Correct the dates of the two sessions in the SIS.
-- who: district
-- source: OneRoster CSV, academicSessions; fact base section 3, start and end
t.startDate < t.parent_starts or try_cast(t.endDate as date) > try_cast(t.parent_ends as date) + 1
