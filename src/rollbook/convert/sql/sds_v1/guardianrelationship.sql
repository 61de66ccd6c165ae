-- grain: one row per student and guardian; the id is the student's
-- source: Microsoft School Data Sync, parent and guardian files
select
    w.student as "SIS ID",
    t.email as "Email",
    upper(left(t.role, 1)) || substr(t.role, 2) as "Role"
from written_contacts as w
inner join written_guardians as t on w.contact = t.sourcedId
order by w.student, w.number
