-- users.orgSourcedIds.missing
-- severity: warning
-- strict: error
-- title: Somebody belongs to no school and no district
-- meaning: The user is neither at a school nor at the district. The record is used; no school sees the person, and what is shared by school leaves them out.
-- repair: Enter the person's school in the SIS.
-- who: district
-- source: OneRoster CSV, users.orgSourcedIds
t.orgSourcedIds is null
