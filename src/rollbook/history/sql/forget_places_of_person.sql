delete from roster_user_org as place
where place.district_id = %(district)s and place.user_served_id = any(%(served)s::text[])
