-- grain: one row per guardian of a student
create or replace temp view written_guardians as
select u.*
from given_users as u
semi join written_contacts as w on u.sourcedId = w.contact
