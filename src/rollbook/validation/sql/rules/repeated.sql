-- {resource}.{field}.repeated
-- severity: info
-- title: A row is there more than once
-- meaning: The same row stands in the file again, to the letter. It was read once, and nothing is lost.
-- repair: Nothing has to be done. If it bothers you, ask the SIS vendor why rows repeat.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, sourcedId is unique within a file
with repeated as (
    select
        r.sourcedId,
        min(r.record) as first_record
    from "{resource}" as r
    where r.sourcedId is not null
    group by r.sourcedId
    having count(*) > 1
),

identical as (
    select
        t.sourcedId,
        any_value(r.first_record) as first_record
    from "{resource}" as t
    inner join repeated as r on t.sourcedId = r.sourcedId
    group by t.sourcedId
    having count(distinct row({columns})) = 1
)

select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t.sourcedId as value
from "{resource}" as t
inner join identical as i on t.sourcedId = i.sourcedId
where t.record > i.first_record
