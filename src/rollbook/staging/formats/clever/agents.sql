-- grain: one row per student with contacts
select
    l.student,
    string_agg(l.contact, ',' order by l.contact) as contacts
from adapted.links as l
group by l.student
