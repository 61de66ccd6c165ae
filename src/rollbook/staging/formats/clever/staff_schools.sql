-- grain: one row per row of staff.csv and of admins.csv, its predecessor
-- A staff member whose e-mail is a teacher's is that teacher.
with told as (
    select
        s.file,
        s.record,
        place(6, s.record, 0) as row,
        s.Staff_id,
        s.School_id,
        s.Staff_email as email,
        s.First_name,
        s.Last_name,
        s.Department,
        s.Title,
        s.Username,
        s.Role,
        s.ext
    from clever_staff as s
    union all
    select
        a.file,
        a.record,
        place(8, a.record, 0) as row,
        a.Staff_id,
        a.School_id,
        a.Admin_email as email,
        a.First_name,
        a.Last_name,
        null as Department,
        a.Admin_title as Title,
        a.Username,
        a.Role,
        a.ext
    from clever_admins as a
),

teachers as (
    select
        lower(trim(t.email)) as email,
        arg_min(t.Teacher_id, t.record) as Teacher_id
    from adapted.teacher_rows as t
    where t.email is not null and t.Teacher_id is not null
    group by lower(trim(t.email))
)

select
    s.* exclude (School_id),
    if(lower(s.School_id) = 'district', 'district', s.School_id) as School_id,
    t.Teacher_id,
    x.ext as uploaded
from told as s
left join teachers as t on lower(trim(s.email)) = t.email
left join adapted.extensions as x on s.Staff_id = x.id and x.kind = 'staff'
