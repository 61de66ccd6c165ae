-- grain: one row per student with contacts
select
    l.student,
    array_to_string(list_sort(list(l.contact)), ',') as contacts
from adapted.links as l
group by l.student
