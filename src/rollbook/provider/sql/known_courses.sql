-- One row per course that a class of the connection names.
select
    k.course_served_id as served_id,
    bool_or(k.is_active) as is_active,
    max(k.change_number) as change_number
from ({known_classes}) as k
group by k.course_served_id
