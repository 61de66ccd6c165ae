-- orgs.parentSourcedId.wrong_level
-- severity: warning
-- title: An org stands below a smaller one
-- meaning: The order is national, state, district (or local), school; a department may stand anywhere. Here it is upside down, so that what is shared with one org reaches too much or too little.
-- repair: Correct the parents of the two orgs in the SIS.
-- who: district
-- source: OneRoster CSV, orgs.type and parentSourcedId
list_position(['national', 'state', 'local', 'school'], if(t.type = 'district', 'local', t.type))
< list_position(
    ['national', 'state', 'local', 'school'], if(t.parent_type = 'district', 'local', t.parent_type)
)
