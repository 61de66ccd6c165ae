-- grain: one row per kind of thing that had to change for 1.2
select
    'roles' as resource,
    'roleType' as subject,
    count(*) as count,
    'OneRoster 1.2 wants exactly one primary role of a person in each org: the first stayed, or '
    || 'became, the primary one.' as reason
from given_roles as g
inner join written_roles as w on g.sourcedId = w.sourcedId
where g.roleType is distinct from w.roleType
