-- orgs.parentSourcedId.no_district
-- severity: warning
-- title: A school belongs to no district
-- meaning: There is a district in the roster and this school does not stand below it. It is used; whoever looks at the district will not see it.
-- repair: Enter the district as the parent of the school in the SIS.
-- who: district
-- source: OneRoster CSV, orgs.parentSourcedId
t.type = 'school' and t.has_districts and not t.is_in_district
