-- Moves abandoned records to their tombstones.
with removed as (
    delete from {table} as record
    using gone
    where record.district_id = %(district)s and record.served_id = gone.served_id
    returning record.*
)

insert into roster_tombstone (
    district_id, resource, served_id, change_number, removed_at, record
)
select
    removed.district_id,
    %(resource)s,
    removed.served_id,
    %(number)s,
    %(moment)s,
    to_jsonb(removed)
from removed
