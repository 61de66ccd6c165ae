-- classes.courseSourcedId.other_school
-- severity: info
-- title: A class belongs to a course of another school
-- meaning: The course is offered by one school and the class is taught at another. That happens; a slip in the course is as likely.
-- repair: Look at the course of the class in the SIS. Courses that several schools teach belong to the district.
-- who: district
-- source: OneRoster CSV, courses.orgSourcedId
t.course_org <> t.schoolSourcedId and t.course_org_type = 'school'
