-- grain: one row per user, org and role, in the words of 1.2
-- Roles that the delivery states; for users without any, one in each org they belong to. Where 1.1
-- has one word for several roles, metadata.role may tell which was meant, and else the kind of org
-- does. Each user has exactly one primary role in each org.
-- source: OneRoster 1.2 CSV, roles; "exactly one primary per user and org"
create or replace temp table written_roles as
with org_roles as (
    select
        c.role_1_1,
        o.sourcedId as orgSourcedId,
        min_by(c.role_1_2, c.place) as role
    from given_orgs as o
    inner join crosswalk_roles as c
        on c.org_types is null or list_contains(string_split(c.org_types, ' '), o.type)
    group by c.role_1_1, o.sourcedId
),

listed as (
    select
        u.sourcedId as userSourcedId,
        u.role as role_1_1,
        u.metadata ->> '/role' as told,
        trim(unnest(string_split(u.orgSourcedIds, ','))) as orgSourcedId,
        generate_subscripts(string_split(u.orgSourcedIds, ','), 1) as place
    from given_users as u
    anti join given_roles as r on u.sourcedId = r.userSourcedId
),

derived as (
    select
        l.userSourcedId,
        l.orgSourcedId,
        coalesce(c.role_1_2, if(l.told like 'ext:%', l.told, null), o.role, l.role_1_1) as role,
        l.place
    from listed as l
    left join org_roles as o on l.role_1_1 = o.role_1_1 and l.orgSourcedId = o.orgSourcedId
    left join crosswalk_roles as c on l.role_1_1 = c.role_1_1 and l.told = c.role_1_2
    qualify row_number() over (partition by l.userSourcedId, l.orgSourcedId order by l.place) = 1
),

named as (
    select
        d.* exclude (place),
        concat_ws('_', d.userSourcedId, d.orgSourcedId, replace(d.role, ':', '.')) as name,
        d.place
    from derived as d
),

identified as (
    select
        if(
            length(n.name) <= 255 and count(*) over (partition by n.name) = 1,
            n.name,
            left(n.userSourcedId, 200) || '_'
            || md5(concat_ws(chr(10), n.userSourcedId, n.orgSourcedId, n.role))
        ) as sourcedId,
        n.userSourcedId,
        null::varchar as roleType,
        n.role,
        null::varchar as beginDate,
        null::varchar as endDate,
        n.orgSourcedId,
        null::varchar as userProfileSourcedId,
        null::varchar as metadata,
        n.place
    from named as n
),

stated as (
    select
        r.* exclude (row),
        r.row as place
    from given_roles as r
),

every_role as (
    select * from stated
    union all by name
    select * from identified
)

select
    e.* exclude (place) replace (
        if(
            row_number() over (
                partition by e.userSourcedId, e.orgSourcedId
                order by e.roleType = 'primary' desc nulls last, e.place
            ) = 1,
            'primary',
            'secondary'
        ) as roleType
    ),
    row_number() over (order by e.userSourcedId, e.place, e.sourcedId) as row
from every_role as e
