-- users.primaryOrgSourcedId.no_role
-- severity: warning
-- strict: error
-- title: Somebody's main school or office is one in which they have no role
-- meaning: primaryOrgSourcedId names the school or office to which the person chiefly belongs, and roles.csv says nothing of the person there. The link is kept; applications differ in what they make of it.
-- repair: Correct the primary org, or give the person a role there, in the SIS.
-- who: SIS vendor
-- source: OneRoster 1.2 CSV, users.primaryOrgSourcedId
case
    when t.primaryOrgSourcedId is not null then
        not list_contains(string_split(t.orgSourcedIds, ','), t.primaryOrgSourcedId)
end
