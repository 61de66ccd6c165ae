-- {resource}.{field}.line_break
-- applies: text list typed_ids
-- severity: warning
-- strict: error
-- title: {field} holds a line break
-- meaning: A value must stay on one line. Rollbook keeps it as it is; programs that read the file line by line will take the rest for a row of its own.
-- repair: Open the record in the SIS and remove the line break; it was probably pasted along.
-- who: district
-- source: OneRoster CSV, file syntax: no line breaks in fields
contains(t."{field}", chr(10)) or contains(t."{field}", chr(13))
