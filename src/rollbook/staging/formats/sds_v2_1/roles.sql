-- grain: one row per row of roles.csv, and one per school of a person known by relationships alone
-- At one org a person has one primary role.
with told as (
    select
        r.*,
        coalesce(w.role, r.role) as mapped,
        row_number() over (
            partition by r.userSourcedId, r.orgSourcedId
            order by lower(r.isPrimary) is distinct from 'true', coalesce(w.rank, 50), r.record
        ) as place
    from sds_v2_1_roles as r
    left join crosswalk.sds_roles as w on lower(r.role) = w.word
)

select
    t.record as row,
    t.file,
    t.record,
    joined_id(
        t.userSourcedId,
        t.orgSourcedId,
        '.' || regexp_replace(concat_ws('.', t.mapped, t.sessionSourcedId), '[^0-9A-Za-z._-]+', '-', 'g')
    ) as sourcedId,
    t.userSourcedId,
    if(t.place = 1, 'primary', 'secondary') as roleType,
    t.mapped as role,
    coalesce(b.iso, t.roleStartDate) as beginDate,
    coalesce(e.iso, t.roleEndDate) as endDate,
    t.orgSourcedId,
    object_of(
        concat_ws(
            ',',
            member('microsoft.role', if(lower(t.role) <> lower(t.mapped), t.role, null)),
            member('microsoft.sessionSourcedId', t.sessionSourcedId),
            unknown_members(t.ext)
        )
    ) as metadata
from told as t
left join adapted.dates as b on t.roleStartDate = b.raw
left join adapted.dates as e on t.roleEndDate = e.raw
union all by name
select
    place(1, u.record, o.place) as row,
    u.file,
    u.record,
    joined_id(u.sourcedId, o.org, '.' || u.role) as sourcedId,
    u.sourcedId as userSourcedId,
    'primary' as roleType,
    u.role,
    o.org as orgSourcedId
from adapted.users as u
anti join adapted.members as m on u.sourcedId = m.userSourcedId
cross join lateral unnest(string_split(u.orgSourcedIds, ',')) with ordinality as o (org, place)
where u.role is not null
