-- users.sourcedId.no_child
-- severity: warning
-- title: A parent or guardian has no child
-- meaning: The user is a parent, guardian or relative and no student of the roster is linked with them. Nobody can tell what they may see, so they see nothing.
-- repair: Link the person with the child in the SIS, or leave them out of the export.
-- who: district
-- source: OneRoster CSV, users.agentSourcedIds
t.kind = 'family' and t.children = 0
