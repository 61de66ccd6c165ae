-- courses.schoolYearSourcedId.not_a_school_year
-- severity: warning
-- strict: error
-- title: The school year of a course is no school year
-- meaning: schoolYearSourcedId must name a session of type schoolYear; this one names a term or a grading period.
-- repair: Ask the SIS vendor to name the school year there.
-- who: SIS vendor
-- source: OneRoster CSV, courses.schoolYearSourcedId
t.year_type <> 'schoolYear' and t.year_type not like 'ext:%'
