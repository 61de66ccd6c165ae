-- grain: one row per contact and student, with what the contact is to the student
select
    coalesce(k.prefix || c.id, c.derived_id) as contact,
    c.student,
    min(c.row) as row,
    arg_min(c.type, c.row) as type,
    arg_min(c.relationship, c.row) as relationship
from adapted.contact_rows as c
cross join adapted.kinds as k
where k.kind = 'contact' and c.student is not null
group by coalesce(k.prefix || c.id, c.derived_id), c.student
