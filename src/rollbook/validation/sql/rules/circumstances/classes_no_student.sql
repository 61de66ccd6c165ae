-- classes.sourcedId.no_student
-- needs: enrollments
-- severity: warning
-- title: A class has no student
-- meaning: No enrollment names a student of this class. The class is used as it is; its teacher will see an empty one.
-- repair: Enroll the students in the SIS, or remove the class. Before the school year begins this is common.
-- who: district
-- source: clever.md 4.3, "No students"
t.students = 0
