-- grain: one row per user with a role: the role that counts, and the orgs, the primary one first
create or replace table user_summaries as
with named as (
    select
        u.sourcedId,
        u.primaryOrgSourcedId
    from users as u
    union all
    select
        p.sourcedId,
        p.primaryOrgSourcedId
    from published_users as p
    anti join users as u on p.sourcedId = u.sourcedId
),

ranked as (
    select
        l.userSourcedId,
        l.orgSourcedId,
        l.role,
        row_number() over (
            partition by l.userSourcedId
            order by
                (l.orgSourcedId is distinct from n.primaryOrgSourcedId),
                l.roleType,
                l.row nulls last,
                l.orgSourcedId,
                l.role
        ) as rank
    from user_places as l
    left join named as n on l.userSourcedId = n.sourcedId
),

orgs as (
    select
        r.userSourcedId,
        r.orgSourcedId,
        min(r.rank) as rank
    from ranked as r
    group by
        r.userSourcedId,
        r.orgSourcedId
)

select
    o.userSourcedId,
    string_agg(o.orgSourcedId, ',' order by o.rank) as orgSourcedIds,
    any_value(f.role) as role
from orgs as o
left join ranked as f on o.userSourcedId = f.userSourcedId and f.rank = 1
group by o.userSourcedId
