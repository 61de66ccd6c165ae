-- grain: one row per class
-- source: Microsoft School Data Sync, V1 CSV
select
    t.sourcedId as "SIS ID",
    t.schoolSourcedId as "School SIS ID",
    t.title as "Section Name",
    t.classCode as "Section Number",
    m.sourcedId as "Term SIS ID",
    m.title as "Term Name",
    strftime(try_cast(m.startDate as date), '%-m/%-d/%Y') as "Term StartDate",
    strftime(try_cast(m.endDate as date), '%-m/%-d/%Y') as "Term EndDate",
    k.sourcedId as "Course SIS ID",
    k.title as "Course Name",
    k.courseCode as "Course Number",
    {metadata[Course Description]} as "Course Description",
    trim(split_part(coalesce(t.subjects, k.subjects), ',', 1)) as "Course Subject",
    t.periods as "Periods",
    'Active' as "Status"
from written_sections as t
left join given_courses as k on t.courseSourcedId = k.sourcedId
left join class_terms as m on t.sourcedId = m.classSourcedId
order by t.sourcedId
