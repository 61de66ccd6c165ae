-- {resource}.{field}.repeated
-- applies: id
-- severity: info
-- strict: error
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
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
where r.is_identical and t.row > r.first_row
