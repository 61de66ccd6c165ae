-- Writes what changes to the change log, in the place of each record's earlier entry.
-- The earlier number stands on the record, or on its tombstone when it returns.
with touched as (
    select incoming.served_id from incoming
    union all
    select gone.served_id from gone
),

earlier as (
    select
        record.served_id,
        record.change_number
    from {table} as record
    inner join touched on record.served_id = touched.served_id
    where record.district_id = %(district)s
    union all
    select
        tombstone.served_id,
        tombstone.change_number
    from roster_tombstone as tombstone
    inner join touched on tombstone.served_id = touched.served_id
    where tombstone.district_id = %(district)s and tombstone.resource = %(resource)s
),

superseded as (
    delete from roster_change_log as log
    using earlier
    where
        log.district_id = %(district)s
        and log.change_number = earlier.change_number
        and log.resource = %(resource)s
        and log.served_id = earlier.served_id
)

insert into roster_change_log (district_id, change_number, resource, served_id)
select
    %(district)s,
    %(number)s,
    %(resource)s,
    touched.served_id
from touched
