-- grain: one row per row of section.csv
select
    t.row,
    t.file,
    t.record,
    t.class_id as sourcedId,
    t.class_name as title,
    c.sourcedId as courseSourcedId,
    t.class_number as classCode,
    'scheduled' as classType,
    t.school as schoolSourcedId,
    y.sourcedId as termSourcedIds,
    replace(t.subject, ',', '') as subjects,
    t.periods,
    object_of(concat_ws(',', member('microsoft.status', t.status), unknown_members(t.ext))) as metadata
from adapted.taught as t
inner join adapted.section_terms as y on t.row = y.row
inner join adapted.section_courses as c on t.row = c.row
