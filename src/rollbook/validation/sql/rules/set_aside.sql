-- {resource}.{field}.set_aside
-- severity: error
-- optional: warning
-- title: {field} names a record whose own row was set aside
-- meaning: The record of {target} that this row needs is in the delivery, but its row could not be used and nothing was published for it before. This is a consequence of that problem, not one of its own.
-- repair: Repair the row of {target}; this one then follows by itself.
-- who: district
-- source: Rollbook, design "one finding per cause"
select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t.value
from {named} as t
anti join "standing_{target}" as s on t.value = s.sourcedId
semi join "{target}" as f on t.value = f.sourcedId
