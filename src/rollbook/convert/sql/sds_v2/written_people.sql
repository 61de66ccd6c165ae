-- grain: one row per user who is no contact: the format has none
create or replace temp table written_people as
select u.*
from given_users as u
semi join (
    select k.sourcedId from user_kinds as k
    where k.kind <> 'contact'
) as k
    on u.sourcedId = k.sourcedId
