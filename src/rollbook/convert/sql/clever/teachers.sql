-- grain: one row per teacher
-- source: Clever CSV, teachers.csv: more schools follow from sections
select
    t.school as "School_id",
    t.sourcedId as "Teacher_id",
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
    t.username as "Username"
    {rest}
from written_teachers as t
order by t.row
