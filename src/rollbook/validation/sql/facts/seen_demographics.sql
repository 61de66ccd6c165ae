-- grain: one row per demographics of the delivery, with whose they are
create or replace temp view seen_demographics as
select
    t.*,
    u.kind,
    u.grades,
    y.year - left(t.birthDate, 4)::integer as age
from live_demographics as t
inner join user_facts as u on t.sourcedId = u.sourcedId
cross join roster_year as y
where t.record is not null
