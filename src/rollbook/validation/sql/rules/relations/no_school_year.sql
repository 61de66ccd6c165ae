-- academicSessions.type.no_school_year
-- severity: info
-- title: There is no session of type schoolYear
-- meaning: Terms and grading periods are there, and no school year that holds them together. Courses then cannot say which year they are of.
-- repair: Ask the SIS vendor to export the school year, too.
-- who: SIS vendor
-- source: OneRoster CSV, academicSessions.type
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'type' as field,
    arg_min(t.type, t.record) as value,
    count(*) as rows
from live_academicSessions as t
having count(t.record) > 0 and count(*) filter (where t.type = 'schoolYear') = 0
