-- grain: one row per user, org and role; contacts have relationships instead
-- source: Microsoft School Data Sync, V2.1 CSV
with people as (
    select
        p.sourcedId,
        trim(split_part(p.grades, ',', 1)) as grade,
        coalesce(p.primaryOrgSourcedId, trim(split_part(p.orgSourcedIds, ',', 1))) as org
    from given_users as p
)

select
    t.userSourcedId,
    t.orgSourcedId,
    case
        when t.role in ('siteAdministrator', 'districtAdministrator', 'systemAdministrator')
            then 'administrator'
        else t.role
    end as "role",
    {metadata[sessionSourcedId]} as "sessionSourcedId",
    if(t.role = 'student', u.grade, null) as "grade",
    if(t.roleType = 'primary' and t.orgSourcedId = u.org, 'true', 'false') as "isPrimary",
    t.beginDate as "roleStartDate",
    t.endDate as "roleEndDate"
from written_roles as t
inner join people as u on t.userSourcedId = u.sourcedId
where t.role not in ('guardian', 'parent', 'relative')
order by t.row
