-- {resource}.{field}.none_known
-- applies: required_refs
-- severity: error
-- title: None of the records that {field} names is there
-- meaning: The row needs at least one record of {target}, and none of those it names can be used, so it was set aside. A record that was published before stays as it was.
-- repair: Export the missing records of {target} too, or correct the ids in the SIS.
-- who: district
-- source: OneRoster CSV, references between files
with known as (
    select n.row
    from {named} as n
    semi join "dangling_{resource}_{field}" as d on n.row = d.row
    semi join "standing_{target}" as s on n.value = s.sourcedId
)

select
    t.row,
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t."{field}" as value
from "{resource}" as t
semi join "dangling_{resource}_{field}" as d on t.row = d.row
anti join known as k on t.row = k.row
