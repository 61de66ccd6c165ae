-- grain: one row per row of users, then one per published user of whom only a role is delivered
alter view users rename to users_without_roles;
create or replace table users as
with places as (
    select
        r.userSourcedId,
        min(r.row) + (1::bigint << 44) as row,
        arg_min(r.file, r.row) as file,
        min(r.record) as record
    from roles as r
    group by r.userSourcedId
)

select
    u.* replace (
        coalesce(s.orgSourcedIds, u.orgSourcedIds) as orgSourcedIds,
        coalesce(s.role, u.role) as role
    )
from users_without_roles as u
left join user_summaries as s on u.sourcedId = s.userSourcedId
union all by name
select
    p.* replace (
        s.orgSourcedIds as orgSourcedIds,
        s.role as role
    ),
    l.row,
    l.file,
    l.record
from published_users as p
inner join user_summaries as s on p.sourcedId = s.userSourcedId
inner join places as l on p.sourcedId = l.userSourcedId
anti join users_without_roles as u on p.sourcedId = u.sourcedId
where s.orgSourcedIds is distinct from p.orgSourcedIds or s.role is distinct from p.role
