-- {resource}.{field}.set_aside
-- applies: reference
-- severity: error
-- optional: warning
-- drops: value
-- title: {field} names a record whose own row was set aside
-- meaning: The record of {target} that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of {target}; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    d.row,
    d.file,
    d.record,
    d.sourcedId,
    '{field}' as field,
    d.value
from "dangling_{resource}_{field}" as d
where d.fate = 'set_aside'
