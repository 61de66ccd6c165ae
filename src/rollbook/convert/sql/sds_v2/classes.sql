-- grain: one row per class
-- source: Microsoft School Data Sync, V2 CSV
select
    t.sourcedId,
    t.schoolSourcedId as "orgSourcedId",
    t.title
from given_classes as t
order by t.row
