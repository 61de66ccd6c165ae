-- {resource}.{field}.long_text
-- applies: text list typed_ids
-- severity: warning
-- title: {field} is longer than 255 characters
-- meaning: Systems need to keep 255 characters of a text and may cut what is longer. Rollbook keeps all of it; an application may not.
-- repair: Shorten the value in the SIS. A text this long often belongs in another field, or two columns ran together.
-- who: district
-- source: OneRoster CSV, data type string
length(t."{field}") > 255
