-- grain: one row per user with roles: the primary one decides who they are
with ranked as (
    select
        r.userSourcedId,
        r.orgSourcedId,
        r.role,
        coalesce(w.role_1_1, r.role) as role_1_1,
        r.grade,
        r.record,
        { 'secondary': lower(r.isPrimary) is distinct from 'true', 'rank': coalesce(w.rank, 50), 'record': r.record }
            as place
    from sds_v2_1_roles as r
    left join crosswalk.sds_roles as w on lower(r.role) = w.word
    where r.userSourcedId is not null
)

select
    r.userSourcedId,
    arg_min(r.role_1_1, r.place) as role,
    arg_min(r.role, r.place) as raw_role,
    arg_min(r.orgSourcedId, r.place) as org,
    arg_min(r.orgSourcedId, r.place) filter (where not r.place.secondary) as primary_org,
    list(distinct r.orgSourcedId) filter (where r.orgSourcedId is not null) as orgs,
    arg_min(r.grade, r.place) as grade
from ranked as r
group by r.userSourcedId
