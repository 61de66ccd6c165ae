-- grain: one row per user
-- source: Microsoft School Data Sync, V2.1 CSV
select
    t.sourcedId,
    t.username,
    t.givenName,
    t.familyName,
    {metadata[activeDirectoryMatchId]} as "activeDirectoryMatchId",
    t.email,
    t.phone,
    t.sms
from given_users as t
order by t.row
