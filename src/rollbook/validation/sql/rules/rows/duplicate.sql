-- {resource}.{field}.duplicate
-- applies: id
-- severity: error
-- title: The same {field} stands in rows that differ
-- meaning: Two or more rows claim one id and say different things. What was published before stays as it was; where nothing was, the first row counts.
-- repair: Find out in the SIS which row is right and remove the other, or give each record an id of its own.
-- who: district
-- source: OneRoster CSV, sourcedId is unique within a file
select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t.sourcedId as value
from "{resource}" as t
inner join "repeated_{resource}" as r on t.sourcedId = r.sourcedId
where not r.is_identical
