-- grain: one row per teacher and school in whose sections they teach
select
    t.Teacher_id,
    s.School_id,
    count(*) as sections,
    sum(s.size) as students,
    arg_min(t.file, t.record) as file,
    min({ 'record': t.record, 'n': t.n }) as first
from adapted.section_teachers as t
inner join adapted.section_sizes as s on t.Section_id = s.Section_id
where s.School_id is not null
group by t.Teacher_id, s.School_id
