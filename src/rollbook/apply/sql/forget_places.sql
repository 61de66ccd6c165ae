-- Takes away the places of users that change or go, as they were before.
delete from roster_user_org as place
using roster_user as u
cross join lateral unnest(u.org_served_ids) as org (served_id)
where
    u.district_id = %(district)s
    and u.served_id in (
        select incoming.served_id from incoming
        union all
        select gone.served_id from gone
    )
    and place.district_id = u.district_id
    and place.org_served_id = org.served_id
    and place.role = u.role
    and place.user_served_id = u.served_id
