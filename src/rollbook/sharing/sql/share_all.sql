-- Grants every record of {table}, and withdraws grants on records that are gone.
insert into sharing_grant as granted (
    district_id, connection_number, resource, served_id, is_active, change_number
)
select
    record.district_id,
    %(connection)s,
    %(resource)s,
    record.served_id,
    true,
    %(number)s
from {table} as record
where record.district_id = %(district)s
order by record.served_id
on conflict (district_id, connection_number, resource, served_id) do update
    set is_active = true, change_number = excluded.change_number
    where not granted.is_active;

update sharing_grant as granted
set is_active = false, change_number = %(number)s
where
    granted.district_id = %(district)s
    and granted.connection_number = %(connection)s
    and granted.resource = %(resource)s
    and granted.is_active
    and not exists (
        select 1
        from {table} as record
        where
            record.district_id = granted.district_id
            and record.served_id = granted.served_id
    );
