-- {resource}.{field}.not_a_date
-- applies: date
-- severity: error
-- optional: warning
-- drops: value
-- title: {field} is not a date
-- meaning: A date is written 2026-08-17 and must be a day of the calendar. A row that needs the date was set aside; where it is optional the published value stays, or there is none.
-- repair: Correct the date in the SIS, or set its export to write dates as year-month-day.
-- who: district
-- source: OneRoster CSV, data type date
t."{field}" is not null
and (
    try_cast(t."{field}" as date)::varchar is distinct from t."{field}"
    or t."{field}" in ('infinity', '-infinity')
)
