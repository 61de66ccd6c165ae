-- grain: one row per class of a school
create or replace temp table written_sections as
select c.*
from given_classes as c
semi join written_schools as s on c.schoolSourcedId = s.sourcedId
