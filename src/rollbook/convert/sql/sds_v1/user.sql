-- grain: one row per guardian
-- source: Microsoft School Data Sync, parent and guardian files
select
    t.email as "Email",
    t.givenName as "First Name",
    t.familyName as "Last Name",
    coalesce(t.sms, t.phone) as "Phone",
    t.sourcedId as "SIS ID"
from written_guardians as t
order by t.sourcedId
