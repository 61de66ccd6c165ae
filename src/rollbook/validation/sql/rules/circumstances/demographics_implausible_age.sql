-- demographics.birthDate.implausible_age
-- severity: warning
-- title: A student is too young or too old for a school
-- meaning: In the year in which the school year ends the student would be younger than 2 or older than 25. It is kept as it is.
-- repair: Correct the birth date in the SIS. Perhaps it is a parent's.
-- who: district
-- source: Rollbook, plausibility of dates
t.kind = 'student' and t.birthDate >= '1900-01-02' and (t.age between 0 and 1 or t.age > 25)
