-- users.sourcedId.no_enrollment
-- needs: enrollments
-- severity: warning
-- title: A student is in no class
-- meaning: No enrollment names this student. The student is used as they are; applications that go by classes do not show them.
-- repair: Enroll the student in the SIS. Before the school year begins this is common.
-- who: district
-- source: clever.md 4.2; OneRoster CSV, enrollments
t.kind = 'student' and t.studies = 0
