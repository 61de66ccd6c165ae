-- {resource}.{field}.duplicate
-- severity: error
-- title: The same {field} stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select r.sourcedId
    from "{resource}" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

differing as (
    select t.sourcedId
    from "{resource}" as t
    semi join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row({columns})) > 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t.sourcedId as value
from "{resource}" as t
semi join differing as d on t.sourcedId = d.sourcedId
