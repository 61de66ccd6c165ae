-- Writes created and updated records. A record that returns takes its uid from its tombstone; one that
-- is served under its uid brings it along.
insert into {table} as record ({columns}, uid)
select
    {incoming_columns},
    coalesce((tombstone.record ->> 'uid')::uuid, incoming.uid, gen_random_uuid())
from incoming
left join roster_tombstone as tombstone
    on
        tombstone.district_id = incoming.district_id
        and tombstone.resource = %(resource)s
        and tombstone.served_id = incoming.served_id
on conflict (district_id, served_id) do update
    set {assignments}
