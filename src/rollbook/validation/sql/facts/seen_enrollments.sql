-- grain: one row per enrollment of the delivery, with what stands around it
create or replace temp view seen_enrollments as
select
    t.*,
    o.type as school_type,
    c.school as class_school,
    u.kind,
    u.orgs
from live_enrollments as t
left join org_facts as o on t.schoolSourcedId = o.sourcedId
left join class_facts as c on t.classSourcedId = c.sourcedId
left join user_facts as u on t.userSourcedId = u.sourcedId
where t.record is not null
