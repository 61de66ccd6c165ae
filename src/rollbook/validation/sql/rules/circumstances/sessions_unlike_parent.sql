-- academicSessions.schoolYear.unlike_parent
-- severity: warning
-- title: A session is of another school year than its parent
-- meaning: schoolYear differs between the session and the one that it belongs to. Its classes may be shown in the wrong year.
-- repair: Correct schoolYear or the parent in the SIS.
-- who: SIS vendor
-- source: OneRoster CSV, academicSessions.schoolYear
t.schoolYear <> t.parent_year
