-- Erased people: once applications have had their time, the last ids go too.
with ended as (
    delete from roster_tombstone as tombstone
    using history_erasure as erasure
    where
        tombstone.district_id = %(district)s
        and erasure.district_id = tombstone.district_id
        and erasure.number = (tombstone.record ->> 'erasure')::integer
        and erasure.done_at < %(cut)s
    returning tombstone.resource, tombstone.served_id, tombstone.change_number
),

grants as (
    delete from sharing_grant as granted
    using ended
    where
        granted.district_id = %(district)s
        and granted.resource = ended.resource
        and granted.served_id = ended.served_id
        and not granted.is_active
)

delete from roster_change_log as log
using ended
where
    log.district_id = %(district)s
    and log.change_number = ended.change_number
    and log.resource = ended.resource
    and log.served_id = ended.served_id
