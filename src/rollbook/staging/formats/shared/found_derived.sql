-- grain: one row per derivation that every format without terms or courses needs
select
    'classes.termSourcedIds.derived' as code,
    t.file,
    'termSourcedIds' as field,
    any_value(s.sourcedId) as value,
    count(*) as rows
from adapted.section_terms as s
inner join adapted.taught as t on s.row = t.row
where s.is_derived
group by t.file
union all
select
    'classes.courseSourcedId.derived' as code,
    c.file,
    'courseSourcedId' as field,
    null as value,
    count(*) as rows
from adapted.section_courses as c
where c.is_derived
group by c.file
