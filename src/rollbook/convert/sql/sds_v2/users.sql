-- grain: one row per user
-- source: Microsoft School Data Sync, V2 CSV
select
    t.sourcedId,
    t.orgSourcedIds,
    t.givenName,
    t.familyName,
    t.username,
    t.role,
    trim(split_part(t.grades, ',', 1)) as grade
from written_people as t
order by t.row
