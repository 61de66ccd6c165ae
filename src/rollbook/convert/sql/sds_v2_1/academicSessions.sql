-- grain: one row per session
-- source: Microsoft School Data Sync, V2.1 CSV
select
    t.sourcedId,
    t.title,
    t.type,
    t.schoolYear,
    t.startDate,
    t.endDate
from given_academicSessions as t
order by t.row
