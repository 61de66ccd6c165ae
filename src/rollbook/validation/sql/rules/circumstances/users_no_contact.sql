-- users.sourcedId.no_contact
-- severity: info
-- title: A parent or guardian cannot be reached
-- meaning: There is neither an e-mail address nor a telephone number, though others have one. The school's messages do not arrive.
-- repair: Ask the family for an address or a number and enter it in the SIS.
-- who: district
-- source: connect.md 11.2; OneRoster CSV, users.email, sms and phone
t.kind = 'family'
and coalesce(t.email, t.sms, t.phone) is null
and exists (
    select 1
    from live_users as o
    where
        o.role in ('parent', 'guardian', 'relative')
        and coalesce(o.email, o.sms, o.phone) is not null
)
