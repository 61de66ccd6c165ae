-- {resource}.{field}.unusual_grade
-- applies: *.grades
-- severity: info
-- title: A grade is called otherwise than in the usual list
-- meaning: Applications expect IT, PR, PK, TK, KG, 01 to 12, 13, PS, UG or Other. The word is kept as it is; an application may not know it. One finding stands for all rows with this word.
-- repair: Nothing has to be done. The SIS's export or a mapping file (--map) can translate grades.
-- who: SIS vendor
-- source: CEDS Entry Grade Level; OneRoster 1.2 leaves the list to agreement
with lists as (
    select
        t."{field}" as grades,
        count(*) as rows,
        min(t.file) as file,
        min(t.record) as record,
        arg_min(t.sourcedId, t.record) as sourcedId
    from "{resource}" as t
    where t."{field}" is not null
    group by t."{field}"
),

elements as (
    select
        l.*,
        trim(unnest(list_distinct(string_split(l.grades, ',')))) as grade
    from lists as l
)

select
    min(e.file) as file,
    min(e.record) as record,
    arg_min(e.sourcedId, e.record) as sourcedId,
    '{field}' as field,
    e.grade as value,
    sum(e.rows) as rows
from elements as e
where
    e.grade not in (
        '', 'IT', 'PR', 'PK', 'TK', 'KG', '01', '02', '03', '04', '05', '06', '07', '08', '09', '10',
        '11', '12', '13', 'PS', 'UG', 'Other'
    )
group by e.grade
