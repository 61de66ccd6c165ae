-- classes.sourcedId.many_teachers
-- severity: info
-- title: A class has more than ten teachers
-- meaning: Some systems take ten teachers for a class and no more; the others will not see it there.
-- repair: Look in the SIS whether all of them teach the class. Whoever only looks in may be entered otherwise.
-- who: district
-- source: clever.md 3.4, ten teachers for a section
t.teachers > 10
