-- grain: one row per kind of thing that 1.1 cannot say
with several as (
    select r.userSourcedId
    from given_roles as r
    inner join crosswalk_roles as c on r.role = c.role_1_2
    where c.role_1_1 in ('administrator', 'aide')
    group by r.userSourcedId
    having count(distinct r.role) > 1
)

select
    'roles' as resource,
    'role' as subject,
    count(*) as count,
    'OneRoster 1.1 gives a person one role: other kinds of role were left out.' as reason
from given_roles as r
inner join given_users as u on r.userSourcedId = u.sourcedId
left join crosswalk_roles as c on r.role = c.role_1_2
where coalesce(c.role_1_1, r.role) is distinct from u.role
union all
select
    'roles',
    'role',
    count(*),
    'OneRoster 1.1 has one word for all administrators; which one each was could not be kept for '
    || 'people with several roles.'
from given_users as u
anti join told_roles as t on u.sourcedId = t.sourcedId
semi join several on u.sourcedId = several.userSourcedId
union all
select
    'roles',
    'sourcedId',
    count(*),
    'OneRoster 1.1 has no roles of their own: converted back, they get ids made of user, org and role.'
from given_roles as r
where
    r.sourcedId is distinct from concat_ws(
        '_', r.userSourcedId, r.orgSourcedId, replace(r.role, ':', '.')
    )
union all
select
    'roles',
    'beginDate, endDate',
    count(*),
    'OneRoster 1.1 has no dates of roles.'
from given_roles as r
where coalesce(r.beginDate, r.endDate) is not null
union all
select
    'roles',
    'metadata',
    count(*),
    'OneRoster 1.1 has no roles of their own that could have extension columns.'
from given_roles as r
where r.metadata is not null
union all
select
    'userProfiles',
    'userProfile',
    count(*),
    'OneRoster 1.1 has no profiles: accounts in other systems were left out.'
from given_userProfiles
