-- {resource}.{field}.unusual_id
-- severity: warning
-- title: {field} has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster 1.1 CSV, data type GUID
select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t."{field}" as value
from "{resource}" as t
where not regexp_full_match(t."{field}", '[0-9a-zA-Z./_@-]+')
