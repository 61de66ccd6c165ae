-- grain: one row per member of staff as the files tell them who is no teacher; several schools are several
-- rows there and one here
with people as (
    select
        s.Staff_id,
        s.email,
        s.First_name,
        s.Last_name,
        s.Department,
        s.Title,
        s.Username,
        s.Role,
        s.ext,
        s.uploaded,
        min(s.row) as row,
        arg_min(s.file, s.row) as file,
        arg_min(s.record, s.row) as record
    from adapted.staff_schools as s
    where s.Teacher_id is null
    group by all
),

schools as (
    select
        s.Staff_id,
        list(distinct s.School_id) filter (where s.School_id is not null) as schools
    from adapted.staff_schools as s
    where s.Teacher_id is null
    group by s.Staff_id
)

select
    p.row,
    p.file,
    p.record,
    k.prefix || p.Staff_id as sourcedId,
    'true' as enabledUser,
    list_from(null, s.schools) as orgSourcedIds,
    'administrator' as role,
    if(o.derives_usernames, coalesce(p.Username, p.email, k.prefix || p.Staff_id), p.Username) as username,
    p.First_name as givenName,
    p.Last_name as familyName,
    p.email,
    object_of(
        concat_ws(
            ',',
            member('clever.staff_id', if(k.prefix = '', null, p.Staff_id)),
            member('clever.department', p.Department),
            member('clever.title', p.Title),
            member('clever.role', p.Role),
            extension_members(p.uploaded, p.ext)
        )
    ) as metadata
from people as p
cross join adapted.options as o
inner join adapted.kinds as k on k.kind = 'staff'
left join schools as s on p.Staff_id is not distinct from s.Staff_id
