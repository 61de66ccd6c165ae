-- grain: one row per user and flag
-- source: Microsoft School Data Sync, V2.1 CSV; the roster's metadata microsoft.userFlags
with listed as (
    select
        t.sourcedId,
        trim(unnest(string_split(
            coalesce({metadata[userFlags]}, {metadata[microsoft.userFlags]}), ','
        ))) as flag
    from given_demographics as t
)

select
    l.sourcedId as "userSourcedId",
    l.flag
from listed as l
order by l.sourcedId, l.flag
