-- {resource}.{field}.not_a_school
-- applies: classes.schoolSourcedId enrollments.schoolSourcedId
-- severity: warning
-- strict: error
-- title: schoolSourcedId names an org that is no school
-- meaning: Classes are taught at a school; here a district, department or another org is named. Whoever looks at a school will not see this.
-- repair: Enter the school in the SIS, or correct the type of the org.
-- who: district
-- source: OneRoster CSV, {resource}.schoolSourcedId
t.school_type <> 'school' and t.school_type not like 'ext:%'
