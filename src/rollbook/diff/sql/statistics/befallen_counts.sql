-- grain: one row per subject, school and part; without a school: everywhere
with at_schools as (
    select
        b.subject,
        b.part,
        unnest(b.schools) as school
    from "befallen_{measure}" as b
)

select
    b.subject,
    null as school,
    b.part,
    count(*) as amount
from "befallen_{measure}" as b
group by b.subject, b.part
union all
select
    s.subject,
    s.school,
    s.part,
    count(*) as amount
from at_schools as s
where s.school <> ''
group by s.subject, s.school, s.part
