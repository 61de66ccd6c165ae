-- grain: one row per row that tells something of a contact and no name
select
    'users.contact.unnamed' as code,
    s.file,
    s.record,
    s.Student_id as sourcedId,
    'Contact_name' as field,
    coalesce(s.Contact_sis_id, s.Contact_email, s.Contact_phone, s.Contact_relationship, s.Contact_type) as value
from clever_students as s
where
    s.Contact_name is null
    and coalesce(
        s.Contact_sis_id, s.Contact_email, s.Contact_phone, s.Contact_relationship, s.Contact_type
    ) is not null
