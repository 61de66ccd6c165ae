-- Grants the records of {table} that this change number created, withdraws those it removed.
insert into sharing_grant as granted (
    district_id, connection_number, resource, served_id, is_active, change_number
)
select
    record.district_id,
    %(connection)s,
    log.resource,
    record.served_id,
    true,
    log.change_number
from roster_change_log as log
inner join {table} as record
    on record.district_id = log.district_id and record.served_id = log.served_id
where
    log.district_id = %(district)s
    and log.change_number = %(number)s
    and log.resource = %(resource)s
on conflict (district_id, connection_number, resource, served_id) do update
    set is_active = true, change_number = excluded.change_number
    where not granted.is_active;

update sharing_grant as granted
set is_active = false, change_number = log.change_number
from roster_change_log as log
inner join roster_tombstone as tombstone
    on
        tombstone.district_id = log.district_id
        and tombstone.resource = log.resource
        and tombstone.served_id = log.served_id
where
    log.district_id = %(district)s
    and log.change_number = %(number)s
    and log.resource = %(resource)s
    and granted.district_id = log.district_id
    and granted.connection_number = %(connection)s
    and granted.resource = log.resource
    and granted.served_id = log.served_id
    and granted.is_active;
