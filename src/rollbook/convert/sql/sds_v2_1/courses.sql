-- grain: one row per course
-- source: Microsoft School Data Sync, V2.1 CSV
select
    t.sourcedId,
    t.orgSourcedId,
    t.title,
    t.courseCode as "code",
    t.schoolYearSourcedId,
    trim(split_part(t.subjects, ',', 1)) as "subject",
    trim(split_part(t.grades, ',', 1)) as "grade"
from given_courses as t
order by t.row
