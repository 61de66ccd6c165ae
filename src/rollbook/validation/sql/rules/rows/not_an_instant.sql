-- {resource}.{field}.not_an_instant
-- applies: datetime
-- severity: info
-- strict: error
-- title: {field} is written in another way than the standard has it
-- meaning: A point in time is written 2026-08-17T06:30:00.000Z: day, time of day in UTC, three decimals. Rollbook does not need the value, so nothing was lost.
-- repair: Ask the SIS vendor to write {field} as the standard shows it; strict readers refuse the row.
-- who: SIS vendor
-- source: OneRoster CSV, data type DateTime
select
    min(t.file) as file,
    min(t.record) as record,
    arg_min(t.sourcedId, t.record) as sourcedId,
    '{field}' as field,
    arg_min(t."{field}", t.record) as value,
    count(*) as rows
from "{resource}" as t
where
    t."{field}" is not null
    and try_cast(left(t."{field}", 10) as date) is null
    or not regexp_full_match(
        t."{field}", '\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z'
    )
having count(*) > 0
