-- users.givenName.two_names
-- severity: info
-- title: The given name has a comma in it
-- meaning: "Chen, Mia" in one field is usually the whole name. The record is used as it is, and lists will sort it wrongly.
-- repair: Divide the name between the two fields in the SIS.
-- who: district
-- source: Rollbook, plausibility of names
contains(t.givenName, ',')
