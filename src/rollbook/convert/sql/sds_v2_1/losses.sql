-- grain: one row per kind of thing that SDS V2.1 cannot say
select
    'users' as resource,
    'orgSourcedIds' as subject,
    count(*) as count,
    'SDS V2.1 has no roles of guardians, so their orgs were left out.' as reason
from given_users as u
where u.role in ('guardian', 'parent', 'relative')
union all
select
    'users',
    'grades',
    count(*),
    'A user of SDS V2.1 has one grade: the first was written.'
from given_users as u
where contains(u.grades, ',')
union all
select
    'courses',
    'grades, subjects',
    count(*),
    'A course of SDS V2.1 has one grade and one subject: the first were written.'
from given_courses as c
where contains(c.grades, ',') or contains(c.subjects, ',')
union all
select
    'roles',
    'role',
    count(*),
    'SDS V2.1 has one word for all administrators.'
from written_roles as r
where r.role in ('siteAdministrator', 'districtAdministrator', 'systemAdministrator')
union all
select
    'userProfiles',
    'userProfile',
    count(*),
    'SDS V2.1 has no profiles.'
from given_userProfiles
