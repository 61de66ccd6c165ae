-- users.agentSourcedIds.many_guardians
-- severity: warning
-- title: A student has more than six guardians
-- meaning: So many parents, guardians and relatives are rarely right; emergency contacts may have slipped in among them. Each of them may see the child's data.
-- repair: Look in the SIS who may see the child's data, and enter the others as contacts only.
-- who: district
-- source: failures.md F7; connect.md 11.2, at most six
t.kind = 'student' and t.adults > 6
