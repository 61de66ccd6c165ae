-- Withdraws every grant on records of {table}.
update sharing_grant as granted
set is_active = false, change_number = %(number)s
where
    granted.district_id = %(district)s
    and granted.connection_number = %(connection)s
    and granted.resource = %(resource)s
    and granted.is_active;
