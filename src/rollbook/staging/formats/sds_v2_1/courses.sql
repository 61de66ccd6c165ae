-- grain: one row per row of courses.csv, and one per class that names no course
select
    c.record as row,
    c.file,
    c.record,
    c.sourcedId,
    c.schoolYearSourcedId,
    c.title,
    c.code as courseCode,
    g.grades,
    c.orgSourcedId,
    replace(c.subject, ',', '') as subjects,
    object_of(
        concat_ws(',', member('microsoft.grade', if(c.grade <> g.grades, c.grade, null)), unknown_members(c.ext))
    ) as metadata
from sds_v2_1_courses as c
left join adapted.grades as g on c.grade = g.raw
union all by name
select
    place(1, c.record, 0) as row,
    c.file,
    c.record,
    joined_id('course', c.sourcedId, '') as sourcedId,
    c.title,
    c.orgSourcedId
from sds_v2_1_classes as c
where c.courseSourcedId is null and c.sourcedId is not null
