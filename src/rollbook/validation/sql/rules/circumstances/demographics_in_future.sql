-- demographics.birthDate.in_future
-- severity: warning
-- title: A birth date is later than the school year
-- meaning: The person would be born after the school year of this roster. It is kept as it is.
-- repair: Correct the birth date in the SIS; a wrong century is the commonest cause.
-- who: district
-- source: Rollbook, plausibility of dates
t.age < 0
