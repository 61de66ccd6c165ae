-- academicSessions.schoolYear.unlike_end
-- severity: warning
-- title: schoolYear does not fit the dates of the session
-- meaning: schoolYear is the year in which the school year ends, 2027 for 2026-27. The session ends in another year, so that applications will show its classes in the wrong one.
-- repair: Correct schoolYear or the dates in the SIS. Exports that write the first of the two years are a matter for the SIS vendor.
-- who: district
-- source: OneRoster CSV, academicSessions.schoolYear
case t.type
    when 'schoolYear' then
        try_cast(t.schoolYear as integer) not in (
            year(try_cast(t.endDate as date)), year(try_cast(t.endDate as date) - 1)
        )
    else
        year(try_cast(t.endDate as date) - 1)
        not between try_cast(t.schoolYear as integer) - 1 and try_cast(t.schoolYear as integer)
end
