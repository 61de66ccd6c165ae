-- grain: one row per row of sections.csv
with told as (
    select
        t.*,
        coalesce(
            if(o.derives_section_names, n.title, t.class_name),
            t.class_name,
            n.title,
            t.class_number,
            t.class_id
        ) as title,
        if(
            o.derives_section_grades,
            coalesce(d.grades, g.grades),
            coalesce(g.grades, d.grades)
        ) as grades
    from adapted.taught as t
    cross join adapted.options as o
    inner join adapted.section_titles as n on t.row = n.row
    left join adapted.section_grades as d on t.class_id = d.Section_id
    left join adapted.grades as g on t.grade = g.raw
)

select
    t.row,
    t.file,
    t.record,
    t.class_id as sourcedId,
    t.title,
    t.grades,
    c.sourcedId as courseSourcedId,
    t.class_number as classCode,
    if(s.subject = 'homeroom/advisory', 'homeroom', 'scheduled') as classType,
    t.school as schoolSourcedId,
    y.sourcedId as termSourcedIds,
    s.subject as subjects,
    t.period as periods,
    object_of(
        concat_ws(
            ',',
            member('clever.name', if(t.class_name <> t.title, t.class_name, null)),
            member('clever.subject', if(s.raw is distinct from s.subject, s.raw, null)),
            member('clever.grade', if(t.grade is distinct from t.grades, t.grade, null)),
            nullif(trim(t.extension, '{}'), '')
        )
    ) as metadata
from told as t
inner join adapted.section_terms as y on t.row = y.row
inner join adapted.section_courses as c on t.row = c.row
inner join adapted.section_subjects as s on t.row = s.row
