-- grain: one row per enrollment
-- source: Microsoft School Data Sync, V2.1 CSV
select
    t.classSourcedId,
    t.userSourcedId,
    t.role
from given_enrollments as t
order by t.row
