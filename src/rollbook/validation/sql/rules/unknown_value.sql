-- {resource}.{field}.unknown_value
-- severity: error
-- optional: warning
-- title: {field} has a value that the standard does not know
-- meaning: {field} must be one of: {choices}. A row that needs the value was set aside; where it is optional the published value stays, or there is none.
-- repair: Map the SIS's own word to one of the allowed ones in its OneRoster export, then export again.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, vocabularies
select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t."{field}" as value
from "{resource}" as t
where t."{field}" not in ({values})
