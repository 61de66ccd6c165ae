-- Gives changed users their places as they are now.
insert into roster_user_org (district_id, org_served_id, role, user_served_id)
select distinct
    incoming.district_id,
    org.served_id,
    incoming.role,
    incoming.served_id
from incoming
cross join lateral unnest(incoming.org_served_ids) as org (served_id)
