-- grain: one row per kind of thing that Clever's files cannot say
with people as (
    select
        k.sourcedId,
        bool_or(k.kind = 'student') as is_student,
        bool_or(k.kind = 'teacher') as is_teacher,
        bool_or(k.kind = 'staff') as is_staff,
        bool_or(k.kind = 'contact') as is_contact
    from user_kinds as k
    group by k.sourcedId
)

select
    'orgs' as resource,
    'org' as subject,
    count(*) as count,
    'Clever has schools only: districts, departments and the like were left out.' as reason
from given_orgs as o
where o.type <> 'school'
union all
select
    'academicSessions',
    'academicSession',
    count(*),
    'Clever knows a session only as the term of a section: the others were left out.'
from given_academicSessions as a
anti join class_terms as m on a.sourcedId = m.sourcedId
union all
select
    'courses',
    'course',
    count(*),
    'Clever knows a course only through its sections: courses without any were left out.'
from given_courses as c
anti join written_sections as s on c.sourcedId = s.courseSourcedId
union all
select
    'classes',
    'class',
    count(*),
    'A section of Clever needs a teacher and a school: classes without were left out.'
from given_classes as c
anti join written_sections as s on c.sourcedId = s.sourcedId
union all
select
    'classes',
    'termSourcedIds',
    count(*),
    'A section of Clever has one term: several were written as one.'
from class_terms as m
where m.term_count > 1
union all
select
    'classes',
    'grades',
    count(*),
    'A section of Clever has one grade: of classes with several the column is blank.'
from given_classes as c
where contains(c.grades, ',')
union all
select
    'classes',
    'subjects',
    count(*),
    'A section of Clever has one subject: the first was written.'
from given_classes as c
where contains(c.subjects, ',')
union all
select
    'classes',
    'teacher',
    count(*),
    'A section of Clever has ten teachers at most: classes with more lost some.'
from class_teachers as t
where len(t.teachers) > 10
union all
select
    'users',
    'student',
    count(*),
    'Clever places people in schools: students without one were left out.'
from people as p
anti join home_schools as h on p.sourcedId = h.sourcedId
where p.is_student
union all
select
    'users',
    'teacher',
    count(*),
    'Clever places people in schools: teachers without one were left out.'
from people as p
anti join home_schools as h on p.sourcedId = h.sourcedId
where p.is_teacher
union all
select
    'users',
    'staff',
    count(*),
    'Clever demands an e-mail address of staff: those without were left out.'
from people as p
anti join written_staff as s on p.sourcedId = s.sourcedId
where p.is_staff
union all
select
    'users',
    'contact',
    count(*),
    'Clever knows contacts through their students: those without one were left out.'
from people as p
anti join written_contacts as w on p.sourcedId = w.contact
where p.is_contact and not (p.is_student or p.is_teacher or p.is_staff)
union all
select
    'users',
    'contact',
    count(*),
    'A student has five contacts in Clever at most: further ones were left out.'
from written_contacts as w
where w.number > 5
union all
select
    'users',
    'role',
    count(*),
    'Clever has students, teachers, staff and contacts: aides, proctors and administrators are '
    || 'staff, and their word for it is the Title.'
from people as p
where p.is_staff
union all
select
    'users',
    'enabledUser',
    count(*),
    'Clever has no word for people without access: they are written like the others.'
from given_users as u
where u.enabledUser = 'false'
union all
select
    'users',
    'userIds',
    count(*),
    'Clever keeps the id of the state only.'
from given_users as u
where regexp_replace(u.userIds, '(?i)\{state[^:}]*:[^}]*\}', '') <> ''
union all
select
    'users',
    'sms, phone',
    count(*),
    'Clever has telephone numbers of contacts only.'
from given_users as u
anti join written_contacts as w on u.sourcedId = w.contact
where coalesce(u.sms, u.phone) is not null
union all
select
    'users',
    'phone',
    count(*),
    'A contact has one telephone number in Clever: the mobile one was written.'
from given_users as u
semi join written_contacts as w on u.sourcedId = w.contact
where u.sms is not null and u.phone is not null
union all
select
    'users',
    'givenName, username, middleName, userIds',
    count(*),
    'A contact has one name in Clever, and no account: their names were joined.'
from given_users as u
semi join written_contacts as w on u.sourcedId = w.contact
union all
select
    'users',
    'middleName',
    count(*),
    'Clever has no middle names of staff.'
from given_users as u
semi join written_staff as s on u.sourcedId = s.sourcedId
where u.middleName is not null
union all
select
    'enrollments',
    'enrollment',
    count(*),
    'Clever has students and teachers in sections: other roles were left out.'
from given_enrollments as e
where e.role not in ('student', 'teacher')
union all
select
    'enrollments',
    'enrollment',
    count(*),
    'The section or the student is not written, so the place in it is not either.'
from given_enrollments as e
left join written_sections as s on e.classSourcedId = s.sourcedId
left join written_students as u on e.userSourcedId = u.sourcedId
where e.role = 'student' and (s.sourcedId is null or u.sourcedId is null)
union all
select
    'demographics',
    'demographics',
    count(*),
    'Clever has demographics of students only.'
from given_demographics as d
anti join written_students as u on d.sourcedId = u.sourcedId
union all
select
    'userProfiles',
    'userProfile',
    count(*),
    'Clever has no profiles.'
from given_userProfiles
