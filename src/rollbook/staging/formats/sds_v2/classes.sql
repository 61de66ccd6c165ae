-- grain: one row per row of classes.csv
select
    t.row,
    t.file,
    t.record,
    t.class_id as sourcedId,
    t.class_name as title,
    'scheduled' as classType,
    t.school as schoolSourcedId,
    c.sourcedId as courseSourcedId,
    y.sourcedId as termSourcedIds,
    object_of(unknown_members(t.ext)) as metadata
from adapted.taught as t
inner join adapted.section_courses as c on t.row = c.row
inner join adapted.section_terms as y on t.row = y.row
