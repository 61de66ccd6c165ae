-- {resource}.{field}.missing
-- severity: error
-- title: {field} is missing
-- meaning: Every row of {resource} needs {field}, and this one leaves it empty, so the row was set aside. A record that was published before stays as it was.
-- repair: Fill in the value in the SIS and export again.
-- who: district
-- source: OneRoster 1.1 CSV, table {resource}, required fields
select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    null as value
from "{resource}" as t
where t."{field}" is null
