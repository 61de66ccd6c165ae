-- roles.userProfileSourcedId.other_user
-- severity: warning
-- strict: error
-- title: A role uses the profile of somebody else
-- meaning: The profile that the role names belongs to another user. An application that logs people in by profiles could mistake one for the other.
-- repair: Correct the profile of the role in the SIS.
-- who: SIS vendor
-- source: OneRoster 1.2 CSV, roles.userProfileSourcedId
t.profile_user <> t.userSourcedId
