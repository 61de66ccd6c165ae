-- orgs.sourcedId.nobody
-- needs: users classes
-- severity: info
-- title: An org has neither people nor classes
-- meaning: Nobody works or learns there, no course or class is offered there, and no org stands below it.
-- repair: Nothing has to be done. If the org is closed, leave it out of the export.
-- who: district
-- source: Rollbook, relations of orgs
t.type <> 'school' and t.people = 0 and t.classes = 0 and t.courses = 0 and t.children = 0
