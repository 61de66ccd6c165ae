-- grain: one row per student and school in whose sections they sit
select
    e.Student_id,
    s.School_id,
    count(*) as sections,
    sum(s.size) as students,
    min(e.record) as record,
    any_value(e.file) as file
from clever_enrollments as e
inner join adapted.section_sizes as s on e.Section_id = s.Section_id
where e.Student_id is not null and s.School_id is not null
group by e.Student_id, s.School_id
