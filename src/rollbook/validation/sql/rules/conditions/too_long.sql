-- {resource}.{field}.too_long
-- applies: id
-- severity: error
-- title: {field} is longer than 255 characters
-- meaning: An id has 1 to 255 characters. This one is longer, which usually means that two columns ran together, so the row was set aside.
-- repair: Look at the row in the export; the SIS vendor corrects the id.
-- who: SIS vendor
-- source: OneRoster CSV, data type GUID
length(t."{field}") > 255
