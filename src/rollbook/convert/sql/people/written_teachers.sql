-- grain: one row per teacher with a school
create or replace temp table written_teachers as
select
    u.*,
    h.school
from given_users as u
inner join home_schools as h on u.sourcedId = h.sourcedId
semi join (
    select k.sourcedId from user_kinds as k
    where k.kind = 'teacher'
) as k
    on u.sourcedId = k.sourcedId
