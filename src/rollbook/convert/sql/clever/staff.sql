-- grain: one row per member of staff and school
-- source: Clever CSV, staff.csv: several schools are several rows
select
    t.school as "School_id",
    coalesce({metadata[clever.staff_id]}, t.sourcedId) as "Staff_id",
    t.email as "Staff_email",
    t.givenName as "First_name",
    t.familyName as "Last_name",
    {metadata[Department]} as "Department",
    coalesce({metadata[Title]}, upper(left(t.role, 1)) || substr(t.role, 2)) as "Title",
    if({metadata[clever.staff_id]} is not null and t.username = t.sourcedId, null, t.username) as "Username",
    {metadata[clever.role]} as "Role"
    {rest}
from written_staff as t
order by t.sourcedId, t.school
