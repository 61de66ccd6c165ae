-- enrollments.schoolSourcedId.other_school
-- severity: warning
-- title: An enrollment is at another school than its class
-- meaning: The class is taught at one school and the enrollment names another. It is used; what is shared by school may miss it on one side.
-- repair: Correct the school of the enrollment or of the class in the SIS.
-- who: SIS vendor
-- source: OneRoster CSV, enrollments.schoolSourcedId
t.schoolSourcedId <> t.class_school
