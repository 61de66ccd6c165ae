-- academicSessions.title.same_session
-- severity: info
-- title: A session is there twice under two ids
-- meaning: Title, type, parent and dates are the same. Classes of the two stand apart though they belong together. Schools that keep calendars of their own are like that.
-- repair: Nothing has to be done. If the two are one, ask the SIS vendor to export it once.
-- who: SIS vendor
-- source: Rollbook, likely duplicates
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'title' as field,
    t.title as value,
    count(*) as rows
from live_academicSessions as t
group by
    t.title,
    t.type,
    t.startDate,
    t.endDate,
    t.parentSourcedId
having count(*) > 1 and count(t.record) > 0
