-- {resource}.{field}.itself
-- applies: orgs.parentSourcedId academicSessions.parentSourcedId
-- severity: warning
-- drops: value
-- title: A record is said to be part of itself
-- meaning: {field} names the very record that it stands in. The link was left out, or the published one stays.
-- repair: Empty the parent in the SIS, or choose the true one.
-- who: SIS vendor
-- source: OneRoster CSV, {resource}.{field}
t."{field}" = t.sourcedId
