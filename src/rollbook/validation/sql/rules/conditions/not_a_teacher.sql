-- enrollments.primary.not_a_teacher
-- severity: warning
-- title: Somebody who does not teach is the primary teacher
-- meaning: primary is true for the teacher who is responsible for the class. On anybody else it means nothing, and some applications show that person as the teacher.
-- repair: Ask the SIS vendor to fill primary for teachers only.
-- who: SIS vendor
-- source: OneRoster CSV, enrollments.primary
t."primary" = 'true' and t.role <> 'teacher'
