-- grain: one row per class: this format has no courses, so each class is one
select
    c.row,
    c.file,
    c.record,
    c.sourcedId,
    c.title,
    t.school as orgSourcedId
from adapted.section_courses as c
inner join adapted.taught as t on c.row = t.row
