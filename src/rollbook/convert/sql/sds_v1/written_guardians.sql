-- grain: one row per guardian of a student with an e-mail, by which the format knows them
create or replace temp table written_guardians as
select u.*
from given_users as u
semi join written_contacts as w on u.sourcedId = w.contact
where u.email is not null
