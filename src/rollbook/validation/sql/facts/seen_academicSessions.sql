-- grain: one row per session of the delivery, with what stands around it
create or replace temp view seen_academicSessions as
select
    t.*,
    f.parent_type,
    f.parent_starts,
    f.parent_ends,
    f.parent_year,
    f.classes
from live_academicSessions as t
inner join session_facts as f on t.sourcedId = f.sourcedId
where t.record is not null
