-- {resource}.{field}.unknown
-- applies: reference
-- severity: error
-- strict: error
-- optional: warning
-- drops: value
-- title: {field} names a record that is not there
-- meaning: {field} must name a record of {target}, and neither this delivery nor the published roster has one with this id. A row that needs it was set aside; where it is optional the link was left out, or the published one stays.
-- repair: Export the missing record of {target} too, or correct the id in the SIS.
-- who: district
-- source: OneRoster CSV, references between files
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    '{field}' as field,
    d.value
from "dangling_{resource}_{field}" as d
where d.fate = 'unknown'
