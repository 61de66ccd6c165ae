-- grain: one row per row that names a contact and not what they are to the student
select
    'users.contact.untyped' as code,
    c.file,
    c.record,
    c.student as sourcedId,
    'Contact_type' as field,
    c.type as value
from adapted.contact_rows as c
left join adapted.relations as r
    on c.type is not distinct from r.type and c.relationship is not distinct from r.relationship
where r.kind is null
