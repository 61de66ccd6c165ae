-- {resource}.{field}.unpaired
-- applies: *.subjectCodes
-- severity: warning
-- strict: error
-- title: There are not as many subject codes as subjects
-- meaning: The first code belongs to the first subject and so on. With lists of different length nobody can tell which belongs to which.
-- repair: Correct the subjects in the SIS. A comma inside the name of a subject has this effect, too.
-- who: SIS vendor
-- source: OneRoster CSV, {resource}.subjectCodes
length(t.subjects) - length(replace(t.subjects, ',', ''))
<> length(t.subjectCodes) - length(replace(t.subjectCodes, ',', ''))
