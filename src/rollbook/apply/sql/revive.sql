-- A record that is back has no tombstone.
delete from roster_tombstone as tombstone
using incoming
where
    tombstone.district_id = %(district)s
    and tombstone.resource = %(resource)s
    and tombstone.served_id = incoming.served_id
