-- grain: one row per person of {users}, and what tells whether it is the same one
select
    u.sourcedId,
    u.givenName,
    u.familyName,
    d.birthDate
from {users} as u
left join {demographics} as d on u.sourcedId = d.sourcedId
