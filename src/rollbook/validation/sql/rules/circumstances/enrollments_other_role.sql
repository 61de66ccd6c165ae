-- enrollments.role.unlike_user
-- severity: info
-- title: The role in a class is not the role of the person
-- meaning: A student who teaches, or an adult who learns: the role in the class is not the role of the user. The standard allows it, and an assistant may be meant; a slip in the id is as likely.
-- repair: Look at the enrollment in the SIS.
-- who: district
-- source: OneRoster CSV, enrollments.role; fact base section 8, not an error
t.role = 'student' and t.kind in ('staff', 'family')
or t.role in ('teacher', 'administrator', 'proctor') and t.kind in ('student', 'family')
