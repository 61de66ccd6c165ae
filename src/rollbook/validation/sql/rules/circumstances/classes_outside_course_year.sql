-- classes.termSourcedIds.outside_course_year
-- severity: warning
-- title: A class and its course are of different school years
-- meaning: The terms of the class are over before the school year of its course begins, or begin after that is over. Applications that go by the course show the class in the wrong year.
-- repair: Correct the course of the class, or the school year of the course, in the SIS.
-- who: SIS vendor
-- source: OneRoster CSV, courses.schoolYearSourcedId and classes.termSourcedIds
t.ends <= t.year_starts or t.starts > t.year_ends
