-- users.grades.missing
-- severity: info
-- title: A student has no grade
-- meaning: Other students have one. Applications that go by grades leave this student out.
-- repair: Enter the student's grade in the SIS.
-- who: district
-- source: OneRoster CSV, users.grades
t.kind = 'student'
and t.grades is null
and exists (select 1 from user_facts as f where f.kind = 'student' and f.grades is not null)
