-- The served ids of people who have this id, among the living and the removed.
select record.served_id
from roster_user as record
where
    record.district_id = %(district)s
    and (
        record.served_id = %(id)s
        or record.sourced_id = %(id)s
        or record.uid::text = lower(%(id)s)
    )
union
select tombstone.served_id
from roster_tombstone as tombstone
where
    tombstone.district_id = %(district)s
    and tombstone.resource = 'users'
    and (
        tombstone.served_id = %(id)s
        or tombstone.record ->> 'sourced_id' = %(id)s
        or tombstone.record ->> 'uid' = lower(%(id)s)
    )
