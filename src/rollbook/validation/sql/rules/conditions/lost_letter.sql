-- {resource}.{field}.lost_letter
-- applies: *.title *.name users.givenName users.familyName users.middleName users.preferredGivenName users.preferredMiddleName users.preferredFamilyName demographics.cityOfBirth
-- severity: warning
-- title: {field} has lost a letter on the way
-- meaning: The sign � stands where a letter was that some program could not read. Which one it was cannot be told from the file.
-- repair: Look at the value in the SIS. If it is right there, the export spoils it: set the export to UTF-8. If it is wrong there, type it again.
-- who: SIS vendor
-- source: Rollbook; OneRoster CSV, file syntax: UTF-8
contains(t."{field}", '�')
