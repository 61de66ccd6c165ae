-- {resource}.{field}.removed
-- applies: reference
-- severity: error
-- strict: error
-- optional: warning
-- drops: value
-- title: {field} names a record that this delivery removes
-- meaning: The row of {target} is marked tobedeleted, and this row still needs the record. It was set aside; where the link is optional it was left out.
-- repair: Remove both in the SIS, or neither.
-- who: SIS vendor
-- source: OneRoster CSV, bulk and delta
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    '{field}' as field,
    d.value
from "dangling_{resource}_{field}" as d
where d.fate = 'removed'
