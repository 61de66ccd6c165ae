-- users.userIds.malformed
-- severity: warning
-- strict: error
-- title: userIds is not a list of {type:id}
-- meaning: Each further id of a user stands in braces, its type before a colon: {State:5550001},{LDAP:mchen}. What is written otherwise cannot be told apart by applications.
-- repair: Ask the SIS vendor to write userIds as the standard shows it.
-- who: SIS vendor
-- source: OneRoster CSV, data type userIds
not regexp_full_match(
    t.userIds, '\{[^{}:,]+:[^{}:,]+\}( *, *\{[^{}:,]+:[^{}:,]+\})*,?'
)
