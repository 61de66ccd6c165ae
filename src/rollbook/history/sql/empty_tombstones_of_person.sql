-- What is left of an erased record: its ids, as far as applications need them to learn of it.
update roster_tombstone as tombstone
set
    record = jsonb_strip_nulls(jsonb_build_object(
        'served_id', tombstone.served_id,
        'role', tombstone.record -> 'role',
        'class_served_id', tombstone.record -> 'class_served_id',
        'user_served_id', tombstone.record -> 'user_served_id',
        'erasure', %(erasure)s
    ))
where
    tombstone.district_id = %(district)s
    and tombstone.resource = %(resource)s
    and {belongs} = any(%(served)s::text[])
