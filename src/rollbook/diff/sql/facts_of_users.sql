inner join next_users as u on f.sourcedId = u.sourcedId
left join next_demographics as d on f.sourcedId = d.sourcedId
left join verdicts as v on v.resource = 'users' and v.was = f.sourcedId and v.sourcedId = f.sourcedId
cross join lateral (select u.givenName, u.familyName, d.birthDate) as n
