-- courses.sourcedId.no_class
-- needs: classes
-- severity: info
-- title: A course has no class
-- meaning: The course is in the catalogue and no class of it is taught.
-- repair: Nothing has to be done.
-- who: district
-- source: OneRoster CSV, classes.courseSourcedId
t.classes = 0
