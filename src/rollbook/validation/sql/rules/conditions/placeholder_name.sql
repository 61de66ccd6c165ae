-- {resource}.{field}.placeholder_name
-- applies: users.givenName users.familyName
-- severity: warning
-- title: {field} is a word that stands for no name
-- meaning: Unknown, Test, N/A or a dash stands where a name belongs. If this is no real person, applications will nevertheless make an account.
-- repair: Enter the name in the SIS, or remove the person if there is none.
-- who: district
-- source: Rollbook, plausibility of names
lower(t."{field}") in (
    'unknown', 'none', 'n/a', 'na', 'null', 'tbd', 'tba', 'test', 'tester', 'xxx', 'xx', 'x', '-', '--',
    '.', '?', 'no name', 'noname', 'vacant', 'vacancy', 'first', 'last', 'firstname', 'lastname',
    'first name', 'last name', 'givenname', 'familyname', 'student', 'teacher', 'staff', 'dummy'
)
