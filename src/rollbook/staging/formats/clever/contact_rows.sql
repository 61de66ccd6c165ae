-- grain: one row per row that tells a contact of a student by name
-- Identity in this order, to the letter: the contact's own id; name and e-mail; name and phone;
-- student, name, type, relationship and phone type.
with told as (
    select
        s.file,
        s.record,
        place(2, s.record, 1) as row,
        s.Student_id as student,
        s.Contact_sis_id as id,
        s.Contact_name as name,
        null as given,
        null as family,
        s.Contact_type as type,
        s.Contact_relationship as relationship,
        s.Contact_phone as phone,
        s.Contact_phone_type as phone_type,
        s.Contact_email as email
    from clever_students as s
    where s.Contact_name is not null
    union all
    select
        c.file,
        c.record,
        place(7, c.record, 0) as row,
        c.student_id as student,
        c.contact_id as id,
        concat_ws(' ', c.first_name, c.last_name) as name,
        c.first_name as given,
        c.last_name as family,
        c.type,
        c.relationship,
        c.phone,
        c.phone_type,
        c.email
    from clever_contacts as c
)

select
    t.* exclude (given, family),
    coalesce(
        t.given,
        nullif(trim(regexp_extract(t.name, '^[^,]+,\s*(.+)$', 1)), ''),
        nullif(trim(regexp_extract(trim(t.name), '^(.*\S)\s+\S+$', 1)), ''),
        nullif(trim(t.name), '')
    ) as given,
    coalesce(
        t.family,
        nullif(trim(regexp_extract(t.name, '^([^,]+),\s*.+$', 1)), ''),
        nullif(regexp_extract(trim(t.name), '(\S+)$', 1), '')
    ) as family,
    case
        when t.id is not null then null
        when t.email is not null
            then 'contact-' || md5(concat_ws(chr(31), 'name and e-mail', t.name, t.email))
        when t.phone is not null
            then 'contact-' || md5(concat_ws(chr(31), 'name and phone', t.name, t.phone))
        else 'contact-' || md5(
            concat_ws(
                chr(31),
                'student and name',
                coalesce(t.student, ''),
                t.name,
                coalesce(t.type, ''),
                coalesce(t.relationship, ''),
                coalesce(t.phone_type, '')
            )
        )
    end as derived_id
from told as t
