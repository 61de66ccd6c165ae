-- grain: one row per org of the delivery, with what stands around it
create or replace temp view seen_orgs as
select
    t.*,
    f.parent_type,
    f.is_in_district,
    f.has_districts,
    f.people,
    f.students,
    f.classes,
    f.courses,
    f.children
from live_orgs as t
inner join org_facts as f on t.sourcedId = f.sourcedId
where t.record is not null
