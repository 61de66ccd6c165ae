-- grain: one row per user, org and role; contacts have relationships instead
-- source: Microsoft School Data Sync, V2.1 CSV
select
    t.userSourcedId,
    t.orgSourcedId,
    case
        when t.role in ('siteAdministrator', 'districtAdministrator', 'systemAdministrator')
            then 'administrator'
        else t.role
    end as "role",
    {metadata[sessionSourcedId]} as "sessionSourcedId",
    if(t.role = 'student', trim(split_part(u.grades, ',', 1)), null) as "grade",
    if(t.roleType = 'primary' and t.orgSourcedId = o.org, 'true', 'false') as "isPrimary",
    t.beginDate as "roleStartDate",
    t.endDate as "roleEndDate"
from written_roles as t
inner join given_users as u on t.userSourcedId = u.sourcedId
inner join (
    select
        p.sourcedId,
        coalesce(p.primaryOrgSourcedId, trim(split_part(p.orgSourcedIds, ',', 1))) as org
    from given_users as p
) as o
    on t.userSourcedId = o.sourcedId
where t.role not in ('guardian', 'parent', 'relative')
