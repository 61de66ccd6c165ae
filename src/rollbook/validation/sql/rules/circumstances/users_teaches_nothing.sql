-- users.sourcedId.teaches_nothing
-- needs: enrollments
-- severity: info
-- title: A teacher has no class
-- meaning: The person is a teacher and no enrollment names them as one. They can log in, and see no class.
-- repair: Nothing has to be done. If the person teaches, enter it in the SIS.
-- who: district
-- source: clever.md 4.2; OneRoster CSV, enrollments.role
t.role = 'teacher' and t.teaches = 0
