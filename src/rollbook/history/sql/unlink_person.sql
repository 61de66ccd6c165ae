-- Takes the erased person out of the agents of others.
update roster_user as record
set
    agent_served_ids = array(
        select agent.served_id
        from unnest(record.agent_served_ids) with ordinality as agent (served_id, place)
        where agent.served_id <> all(%(served)s::text[])
        order by agent.place
    ),
    change_number = %(number)s,
    date_last_modified = %(moment)s
from incoming
where record.district_id = %(district)s and record.served_id = incoming.served_id
