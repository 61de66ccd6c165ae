-- grain: one row per class
-- source: Clever CSV, sections.csv: Teacher_id is the primary teacher, nine co-teachers at most
select
    t.schoolSourcedId as "School_id",
    t.sourcedId as "Section_id",
    t.teachers[1] as "Teacher_id",
    t.teachers[2] as "Teacher_2_id",
    t.teachers[3] as "Teacher_3_id",
    t.teachers[4] as "Teacher_4_id",
    t.teachers[5] as "Teacher_5_id",
    t.teachers[6] as "Teacher_6_id",
    t.teachers[7] as "Teacher_7_id",
    t.teachers[8] as "Teacher_8_id",
    t.teachers[9] as "Teacher_9_id",
    t.teachers[10] as "Teacher_10_id",
    coalesce({metadata[clever.name]}, t.title) as "Name",
    t.classCode as "Section_number",
    coalesce({metadata[clever.grade]}, g.clever) as "Grade",
    k.title as "Course_name",
    k.courseCode as "Course_number",
    {metadata[Course_description]} as "Course_description",
    t.periods as "Period",
    coalesce(
        {metadata[clever.subject]},
        trim(split_part(coalesce(t.subjects, k.subjects), ',', 1))
    ) as "Subject",
    m.title as "Term_name",
    strftime(try_cast(m.startDate as date), '%m/%d/%Y') as "Term_start",
    strftime(try_cast(m.endDate as date), '%m/%d/%Y') as "Term_end"
    {rest}
from written_sections as t
left join given_courses as k on t.courseSourcedId = k.sourcedId
left join class_terms as m on t.sourcedId = m.classSourcedId
left join crosswalk_grades as g on t.grades = g.ceds
order by t.sourcedId
