-- {resource}.{field}.garbled
-- applies: *.title *.name users.givenName users.familyName users.middleName users.preferredGivenName users.preferredMiddleName users.preferredFamilyName demographics.cityOfBirth
-- severity: warning
-- title: {field} has letters that were spoilt on the way
-- meaning: Signs such as Ã© or � stand where an accented letter was. The file, or one that it was made from, was saved in one encoding and read in another.
-- repair: Look at the value in the SIS. If it is right there, the export spoils it: set the export to UTF-8. If it is wrong there, type it again.
-- who: SIS vendor
-- source: Rollbook; OneRoster CSV, file syntax: UTF-8
regexp_matches(t."{field}", '\x{fffd}|[\x{c2}\x{c3}][\x{80}-\x{bf}]|\x{e2}\x{20ac}')
