-- {resource}.{field}.only_digits
-- applies: users.givenName users.familyName
-- severity: warning
-- title: {field} is a number instead of a name
-- meaning: Where a name belongs there are digits alone; perhaps two columns of the export changed places.
-- repair: Look at the person in the SIS. If it is right there, ask the SIS vendor to look at the export.
-- who: district
-- source: Rollbook, plausibility of names
regexp_full_match(t."{field}", '[\d .\-]*\d[\d .\-]*')
