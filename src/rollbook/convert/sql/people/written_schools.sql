-- grain: one row per school
create or replace temp table written_schools as
select o.*
from given_orgs as o
where o.type = 'school'
