-- {resource}.{field}.unknown
-- severity: error
-- optional: warning
-- title: {field} names a record that is not there
-- meaning: {field} must name a record of {target}, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of {target} too, or correct the id in the SIS.
-- who: district
-- source: OneRoster 1.1 CSV, references between files
select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t.value
from {named} as t
anti join "standing_{target}" as s on t.value = s.sourcedId
anti join "{target}" as f on t.value = f.sourcedId
