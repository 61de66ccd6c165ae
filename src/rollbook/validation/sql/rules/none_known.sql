-- {resource}.{field}.none_known
-- severity: error
-- title: None of the records that {field} names is there
-- meaning: The row needs at least one record of {target}, and none of those it names can be used, so it was set aside. A record that was published before stays as it was.
-- repair: Export the missing records of {target} too, or correct the ids in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
with known as (
    select t.record
    from {named} as t
    semi join "standing_{target}" as s on t.value = s.sourcedId
)

select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t."{field}" as value
from "{resource}" as t
anti join known as k on t.record = k.record
where t."{field}" is not null
