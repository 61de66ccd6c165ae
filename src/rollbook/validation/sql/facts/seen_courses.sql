-- grain: one row per course of the delivery, with what stands around it
create or replace temp view seen_courses as
select
    t.*,
    s.type as year_type,
    coalesce(f.classes, 0) as classes
from live_courses as t
left join course_facts as f on t.sourcedId = f.sourcedId
left join live_academicSessions as s on t.schoolYearSourcedId = s.sourcedId
where t.record is not null
