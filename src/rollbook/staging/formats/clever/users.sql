-- grain: one row per person as their file tells them
select * from adapted.students
union all by name
select * from adapted.teachers
union all by name
select * from adapted.staff
union all by name
select * from adapted.contacts
