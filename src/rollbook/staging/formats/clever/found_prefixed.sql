-- grain: one row per kind of person whose ids are prefixed
select
    'users.sourcedId.prefixed' as code,
    case k.kind
        when 'teacher' then 'teachers.csv'
        when 'staff' then 'staff.csv'
        else 'students.csv'
    end as file,
    'sourcedId' as field,
    k.kind as value
from adapted.kinds as k
where k.prefix <> ''
