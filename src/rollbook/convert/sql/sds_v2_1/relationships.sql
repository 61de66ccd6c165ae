-- grain: one row per student and contact
-- source: Microsoft School Data Sync, V2.1 CSV
select
    w.student as "userSourcedId",
    w.contact as "relationshipUserSourcedId",
    u.role as "relationshipRole"
from written_contacts as w
inner join given_users as u on w.contact = u.sourcedId
order by w.student, w.number
