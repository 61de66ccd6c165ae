-- Of people and what hangs on them, removed long ago, the ids stay, so that a record that returns
-- keeps its uid and applications that slept learn what is gone.
update roster_tombstone as tombstone
set
    record = jsonb_strip_nulls(jsonb_build_object(
        'served_id', tombstone.served_id,
        'sourced_id', tombstone.record -> 'sourced_id',
        'uid', tombstone.record -> 'uid',
        'role', tombstone.record -> 'role',
        'class_served_id', tombstone.record -> 'class_served_id',
        'user_served_id', tombstone.record -> 'user_served_id',
        'is_emptied', true
    ))
where
    tombstone.district_id = %(district)s
    and tombstone.resource = any(%(personal)s)
    and tombstone.removed_at < %(cut)s
    and not tombstone.record ?| array['is_emptied', 'erasure']
