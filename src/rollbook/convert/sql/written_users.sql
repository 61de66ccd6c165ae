-- grain: one row per user, as 1.1 has them
-- role_1_2 is there when all roles of the user are one that 1.1's word and the kinds of org do not
-- come back to: a principal is an administrator to 1.1, and administrators of schools come back as
-- siteAdministrator.
create or replace temp table told_roles as
with org_roles as (
    select
        c.role_1_1,
        o.sourcedId as orgSourcedId,
        min_by(c.role_1_2, c.place) as role
    from given_orgs as o
    inner join crosswalk_roles as c
        on c.org_types is null or list_contains(string_split(c.org_types, ' '), o.type)
    group by c.role_1_1, o.sourcedId
)

select
    r.userSourcedId as sourcedId,
    any_value(r.role) as role_1_2
from given_roles as r
inner join given_users as u on r.userSourcedId = u.sourcedId
left join crosswalk_roles as c on r.role = c.role_1_2
left join org_roles as o on u.role = o.role_1_1 and r.orgSourcedId = o.orgSourcedId
group by r.userSourcedId
having
    count(distinct r.role) = 1
    and bool_and(c.role_1_1 is not distinct from u.role)
    and bool_or(r.role is distinct from o.role);

create or replace temp view written_users as
select
    u.*,
    t.role_1_2
from given_users as u
left join told_roles as t on u.sourcedId = t.sourcedId
