-- grain: one row per kind of record that a list of guardians does not have
select
    'users' as resource,
    'contact' as subject,
    count(*) as count,
    'The list names guardians with their students: those without one were left out.' as reason
from given_users as u
anti join written_guardians as w on u.sourcedId = w.sourcedId
semi join (
    select k.sourcedId from user_kinds as k
    where k.kind = 'contact'
) as k
    on u.sourcedId = k.sourcedId
union all
select
    'users',
    'user',
    count(*),
    'The list has guardians only: other people are named, not described.'
from given_users as u
anti join written_guardians as w on u.sourcedId = w.sourcedId
