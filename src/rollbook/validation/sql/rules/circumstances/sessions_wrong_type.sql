-- academicSessions.parentSourcedId.wrong_type
-- severity: warning
-- title: A session stands below one of the wrong type
-- meaning: A grading period belongs to a term or semester, a term or semester to a school year, and a school year to none. Applications that walk the calendar from year to grading period will miss this one.
-- repair: Correct the parent or the type of the session in the SIS.
-- who: SIS vendor
-- source: OneRoster CSV, academicSessions.parentSourcedId
case t.type
    when 'schoolYear' then t.parent_type is not null
    when 'gradingPeriod' then t.parent_type in ('schoolYear', 'gradingPeriod')
    when 'term' then t.parent_type in ('term', 'gradingPeriod')
    when 'semester' then t.parent_type in ('semester', 'term', 'gradingPeriod')
end
