-- demographics.birthDate.before_1900
-- severity: warning
-- title: A birth date is before 1900
-- meaning: Nobody in the roster was born then; 1899-12-30 and 0001-01-01 are what programs write for an empty date. It is kept as it is.
-- repair: Correct the birth date in the SIS, or empty it.
-- who: district
-- source: Rollbook, plausibility of dates
try_cast(t.birthDate as date) < date '1900-01-02'
