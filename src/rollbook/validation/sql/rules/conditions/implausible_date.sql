-- {resource}.{field}.implausible_date
-- applies: academicSessions.startDate academicSessions.endDate enrollments.beginDate enrollments.endDate roles.beginDate roles.endDate
-- severity: warning
-- title: {field} is a date that cannot be meant
-- meaning: The date is before 1950 or after 2100. Dates like 0026-08-17 or 9999-12-31 are slips or stand for "never ends"; applications may show them as they are.
-- repair: Correct the date in the SIS. Where there is no end, leave it empty.
-- who: district
-- source: Rollbook, plausibility of dates
try_cast(t."{field}" as date) not between date '1950-01-01' and date '2100-12-31'
