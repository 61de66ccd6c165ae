-- {resource}.{field}.unusual_id
-- applies: id
-- severity: warning
-- strict: error
-- title: {field} has characters that ids should not have
-- meaning: The standard allows letters, digits and . - _ / @ in ids. The record is used as it is, but some applications may stumble over it.
-- repair: Nothing has to be done. If an application reports trouble with this record, ask the SIS vendor for plain ids.
-- who: SIS vendor
-- source: OneRoster CSV, data type GUID
not regexp_full_match(t."{field}", '[0-9a-zA-Z./_@-]+')
