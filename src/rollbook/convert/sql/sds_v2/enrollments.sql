-- grain: one row per enrollment
-- source: Microsoft School Data Sync, V2 CSV
select
    t.classSourcedId,
    t.userSourcedId,
    t.role
from given_enrollments as t
semi join written_people as p on t.userSourcedId = p.sourcedId
order by t.row
