-- grain: one row per student with a school
create or replace temp table written_students as
select
    u.*,
    h.school
from given_users as u
inner join home_schools as h on u.sourcedId = h.sourcedId
semi join (
    select k.sourcedId from user_kinds as k
    where k.kind = 'student'
) as k
    on u.sourcedId = k.sourcedId
