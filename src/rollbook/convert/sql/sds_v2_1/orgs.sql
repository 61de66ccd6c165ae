-- grain: one row per org
-- source: Microsoft School Data Sync, V2.1 CSV
select
    t.sourcedId,
    t.name,
    t.type,
    t.parentSourcedId
from given_orgs as t
order by t.row
