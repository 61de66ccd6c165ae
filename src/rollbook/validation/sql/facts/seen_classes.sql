-- grain: one row per class of the delivery, with what stands around it
create or replace temp view seen_classes as
select
    t.*,
    o.type as school_type,
    f.starts,
    f.ends,
    f.years,
    f.year_starts,
    f.year_ends,
    f.course_org,
    c.type as course_org_type,
    f.students,
    f.teachers,
    f.primaries
from live_classes as t
inner join class_facts as f on t.sourcedId = f.sourcedId
left join org_facts as o on t.schoolSourcedId = o.sourcedId
left join org_facts as c on f.course_org = c.sourcedId
where t.record is not null
