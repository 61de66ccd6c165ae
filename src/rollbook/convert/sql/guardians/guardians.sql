-- grain: one row per student and guardian
select
    w.student as "studentSourcedId",
    t.sourcedId as "guardianSourcedId",
    t.givenName as "givenName",
    t.familyName as "familyName",
    t.email as "email",
    t.sms as "sms",
    t.phone as "phone",
    {metadata[language]} as "language",
    t.role as "relationship",
    t.orgSourcedIds as "orgSourcedIds"
from written_contacts as w
inner join written_guardians as t on w.contact = t.sourcedId
order by w.student, w.number
