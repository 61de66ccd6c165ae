-- orgs.sourcedId.no_student
-- needs: users
-- severity: warning
-- title: A school has no student
-- meaning: No student of the roster belongs to this school. If there were some yesterday, the export is probably incomplete.
-- repair: Look whether the school's students are in the SIS and in the export. A closed school may leave the export.
-- who: district
-- source: clever.md 4.2; OneRoster CSV, users.orgSourcedIds
t.type = 'school' and t.students = 0
