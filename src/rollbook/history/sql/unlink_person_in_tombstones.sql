-- Those who left may have had the erased person as an agent.
update roster_tombstone as tombstone
set record = tombstone.record - 'agent_served_ids'
where
    tombstone.district_id = %(district)s
    and tombstone.resource = 'users'
    and tombstone.record -> 'agent_served_ids' ?| %(served)s::text[]
