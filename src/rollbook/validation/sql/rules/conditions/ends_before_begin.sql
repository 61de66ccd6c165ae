-- {resource}.{field}.ends_before_begin
-- applies: enrollments.endDate roles.endDate
-- severity: warning
-- title: The end is not later than the beginning
-- meaning: endDate is the first day on which this no longer counts, so it must be later than beginDate. As it stands, it counts on no day at all.
-- repair: Correct the dates in the SIS. Where somebody never came, remove the entry.
-- who: district
-- source: OneRoster CSV, {resource}: begin inclusive, end exclusive
case
    when t.endDate <= t.beginDate then
        try_cast(t.endDate as date) <= try_cast(t.beginDate as date)
end
