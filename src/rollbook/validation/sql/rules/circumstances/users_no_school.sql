-- users.orgSourcedIds.no_school
-- severity: warning
-- title: A student is at no school
-- meaning: The student belongs to the district or a department, and to no school. What is shared by school leaves the student out.
-- repair: Enter the student's school in the SIS.
-- who: district
-- source: OneRoster CSV, users.orgSourcedIds
t.kind = 'student' and t.orgSourcedIds is not null and not t.is_at_school
