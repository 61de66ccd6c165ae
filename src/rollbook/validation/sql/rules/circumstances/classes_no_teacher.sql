-- classes.sourcedId.no_teacher
-- needs: enrollments
-- severity: warning
-- title: A class has no teacher
-- meaning: No enrollment names a teacher of this class. The class is used as it is; applications that list classes by their teachers will not show it to anybody.
-- repair: Enter the teacher in the SIS. Before the school year begins this is common.
-- who: district
-- source: clever.md 4.3, "missing Teacher_id"; OneRoster CSV, enrollments.role
t.teachers = 0
