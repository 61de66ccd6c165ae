-- grain: one row per row of staff without an e-mail, by which staff and teachers are known to be one
select
    'users.email.unstated' as code,
    s.file,
    s.record,
    s.Staff_id as sourcedId,
    'email' as field,
    null::varchar as value
from adapted.staff_schools as s
where s.email is null
