-- courses.courseCode.shared
-- severity: info
-- title: Two courses of an org and year have the same code
-- meaning: Code, title, org and school year are the same and the ids differ, so this is probably one course that was exported twice.
-- repair: Nothing has to be done. If the two are one, ask the SIS vendor to export it once.
-- who: SIS vendor
-- source: Rollbook, likely duplicates
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    'courseCode' as field,
    t.courseCode as value,
    count(*) as rows
from live_courses as t
where t.courseCode is not null
group by
    t.courseCode,
    lower(t.title),
    t.orgSourcedId,
    t.schoolYearSourcedId
having count(*) > 1 and count(t.record) > 0
