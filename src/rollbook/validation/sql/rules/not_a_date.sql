-- {resource}.{field}.not_a_date
-- severity: error
-- optional: warning
-- title: {field} is not a date
-- meaning: A date is written 2026-08-17 and must be a day of the calendar. A row that needs the date was set aside; where it is optional the published value stays, or there is none.
-- repair: Correct the date in the SIS, or set its export to write dates as year-month-day.
-- who: district
-- source: OneRoster 1.1 CSV, data type date
select
    t.file,
    t.record,
    t.sourcedId,
    '{field}' as field,
    t."{field}" as value
from "{resource}" as t
where
    t."{field}" is not null
    and (
        not regexp_full_match(t."{field}", '\d\d\d\d-\d\d-\d\d')
        or try_cast(t."{field}" as date) is null
        or t."{field}" < '0001'
    )
