-- grain: one row per user of the delivery, with what stands around them
create or replace temp view seen_users as
select
    t.*,
    f.kind,
    f.is_at_school,
    f.studies,
    f.teaches,
    coalesce(m.adults, 0) as adults,
    coalesce(m.children, 0) as children
from live_users as t
inner join user_facts as f on t.sourcedId = f.sourcedId
left join family_facts as m on t.sourcedId = m.sourcedId
where t.record is not null
