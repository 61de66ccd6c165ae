-- demographics.sourcedId.not_a_student
-- severity: info
-- title: Demographics of somebody who is no student
-- meaning: Demographics are kept of students. Here they are of a member of staff or of a family, so perhaps more is exported than anybody needs.
-- repair: Leave adults out of demographics.csv.
-- who: SIS vendor
-- source: OneRoster CSV, demographics; failures.md F10
t.kind <> 'student'
