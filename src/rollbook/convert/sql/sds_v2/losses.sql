-- grain: one row per kind of thing that SDS V2 cannot say
select
    'users' as resource,
    'contact' as subject,
    count(*) as count,
    'SDS V2 has no guardians: they were left out.' as reason
from given_users as u
anti join written_people as p on u.sourcedId = p.sourcedId
union all
select
    'users',
    'grades',
    count(*),
    'A user of SDS V2 has one grade: the first was written.'
from given_users as u
where contains(u.grades, ',')
union all
select
    'userProfiles',
    'userProfile',
    count(*),
    'SDS V2 has no profiles.'
from given_userProfiles
