-- Those of the terms that another person's record has as well.
with told as (
    select
        lower(unnest(array[
            record.email,
            record.sms,
            record.phone,
            record.username,
            record.identifier,
            record.user_master_identifier,
            record.given_name || ' ' || record.family_name,
            record.family_name || ', ' || record.given_name,
            record.family_name || ' ' || record.given_name
        ])) as term
    from roster_user as record
    where
        record.district_id = %(district)s
        and record.served_id <> all(%(served)s::text[])
)

select distinct told.term
from told
where told.term = any(%(terms)s::text[])
