-- grain: one row per class
-- source: Microsoft School Data Sync, V2.1 CSV
select
    t.sourcedId,
    t.schoolSourcedId as "orgSourcedId",
    t.title,
    regexp_replace(t.termSourcedIds, '\s*,\s*', ',', 'g') as "sessionSourcedIds",
    t.courseSourcedId
from given_classes as t
order by t.row
