-- grain: one row per teacher and school that has to be named
-- source: Clever CSV, teachers.csv: rows that differ only in the school are one teacher
select
    p.school as "School_id",
    coalesce({metadata[clever.teacher_id]}, t.sourcedId) as "Teacher_id",
    t.identifier as "Teacher_number",
    coalesce(
        {metadata[State_teacher_id]},
        nullif(regexp_extract(t.userIds, '(?i)\{{state[^:}}]*:([^}}]*)\}}', 1), '')
    ) as "State_teacher_id",
    t.email as "Teacher_email",
    t.givenName as "First_name",
    t.middleName as "Middle_name",
    t.familyName as "Last_name",
    {metadata[Title]} as "Title",
    if({metadata[clever.teacher_id]} is not null and t.username = t.sourcedId, null, t.username) as "Username"
    {rest}
from written_teachers as t
inner join teacher_places as p on t.sourcedId = p.sourcedId
order by t.row, p.place, p.school
