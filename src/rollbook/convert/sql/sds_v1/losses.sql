-- grain: one row per kind of thing that SDS V1 cannot say
select
    'orgs' as resource,
    'org' as subject,
    count(*) as count,
    'SDS V1 has schools only: districts, departments and the like were left out.' as reason
from given_orgs as o
where o.type <> 'school'
union all
select
    'classes',
    'class',
    count(*),
    'A section of SDS V1 is at a school: classes elsewhere were left out.'
from given_classes as c
anti join written_sections as s on c.sourcedId = s.sourcedId
union all
select
    'classes',
    'termSourcedIds',
    count(*),
    'A section of SDS V1 has one term: several were written as one.'
from class_terms as m
where m.term_count > 1
union all
select
    'users',
    'user',
    count(*),
    'SDS V1 has students and teachers of schools, and guardians with an e-mail address: others '
    || 'were left out.'
from given_users as u
anti join written_students as s on u.sourcedId = s.sourcedId
anti join written_teachers as t on u.sourcedId = t.sourcedId
anti join written_guardians as g on u.sourcedId = g.sourcedId
union all
select
    'enrollments',
    'enrollment',
    count(*),
    'SDS V1 has students and teachers in sections: other roles were left out.'
from given_enrollments as e
where e.role not in ('student', 'teacher')
union all
select
    'userProfiles',
    'userProfile',
    count(*),
    'SDS V1 has no profiles.'
from given_userProfiles
