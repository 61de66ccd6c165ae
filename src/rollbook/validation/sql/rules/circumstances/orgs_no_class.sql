-- orgs.sourcedId.no_class
-- needs: classes
-- severity: warning
-- title: A school has no class
-- meaning: No class of the roster is at this school. Its people are used; applications that go by classes show nothing of it.
-- repair: Look whether the school's schedule is in the SIS and in the export. Before the school year begins this is common.
-- who: district
-- source: clever.md 4.2; OneRoster CSV, classes.schoolSourcedId
t.type = 'school' and t.classes = 0
