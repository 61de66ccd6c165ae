-- grain: one row per role of a user at an org, as it will be
create or replace table user_places as
select
    r.userSourcedId,
    r.orgSourcedId,
    coalesce(w.counts_as, r.role) as role,
    r.roleType,
    r.file,
    r.record,
    r.row
from roles as r
left join role_crosswalk as w on r.role = w.role
where coalesce(r.status, 'active') <> 'tobedeleted'
union all
select
    p.userSourcedId,
    p.orgSourcedId,
    coalesce(w.counts_as, p.role) as role,
    p.roleType,
    null as file,
    null as record,
    null as row
from kept_roles_before as p
left join role_crosswalk as w on p.role = w.role
