-- grain: one row per kind of {resource}, school and kind of change; without a school: everywhere
-- A record counts where it was; a new one where it will be.
with places as (
    select
        coalesce(t.subject, t.subject_after) as subject,
        t.change,
        coalesce(t.schools, t.schools_after) as schools
    from "touched_{resource}" as t
),

places_at_schools as (
    select
        p.subject,
        p.change,
        unnest(p.schools) as school
    from places as p
)

select
    p.subject,
    null as school,
    p.change,
    count(*) as amount
from places as p
group by p.subject, p.change
union all
select
    s.subject,
    s.school,
    s.change,
    count(*) as amount
from places_at_schools as s
where s.school <> ''
group by s.subject, s.school, s.change
