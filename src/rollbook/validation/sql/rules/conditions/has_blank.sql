-- users.username.has_blank
-- severity: warning
-- title: A username has a blank in it
-- meaning: Hardly any system lets people log in with a blank in their name, so this is probably a name and no username.
-- repair: Enter in the SIS the name with which the person logs in.
-- who: district
-- source: OneRoster CSV, users.username; ClassLink: equals the login name
regexp_matches(t.username, '\s')
