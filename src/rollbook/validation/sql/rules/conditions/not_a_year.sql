-- {resource}.{field}.not_a_year
-- applies: year
-- severity: error
-- title: {field} is not a year
-- meaning: A school year is named by the four digits of the year in which it ends, 2027 for 2026-27. The row was set aside.
-- repair: Correct the year in the SIS and export again.
-- who: district
-- source: OneRoster CSV, data type year
not regexp_full_match(t."{field}", '[12]\d\d\d')
