-- The served ids and uids of people who have this id, in the roster and among the removed.
select
    record.served_id,
    record.uid::text as uid,
    'in the roster' as place
from roster_user as record
where
    record.district_id = %(district)s
    and (
        record.served_id = %(id)s
        or record.sourced_id = %(id)s
        or record.uid::text = lower(%(id)s)
    )
union all
select
    tombstone.served_id,
    coalesce(tombstone.record ->> 'uid', tombstone.served_id) as uid,
    'removed' as place
from roster_tombstone as tombstone
where
    tombstone.district_id = %(district)s
    and tombstone.resource = 'users'
    and (
        tombstone.served_id = %(id)s
        or tombstone.record ->> 'sourced_id' = %(id)s
        or tombstone.record ->> 'uid' = lower(%(id)s)
    )
