-- grain: one row per class of a school that has a teacher: no other can be a section
create or replace temp table written_sections as
select
    c.*,
    t.teachers
from given_classes as c
semi join written_schools as s on c.schoolSourcedId = s.sourcedId
inner join class_teachers as t on c.sourcedId = t.classSourcedId
