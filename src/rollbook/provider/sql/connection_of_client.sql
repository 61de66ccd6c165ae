-- At most one row: the connection of an application's client, and the roster of its district, which may be
-- missing.
select
    connection.district_id,
    connection.number,
    connection.rule,
    connection.counts as connection_counts,
    roster.change_number,
    roster.published_at,
    roster.counts as roster_counts
from sharing_connection as connection
left join roster_roster as roster on roster.district_id = connection.district_id
where connection.district_id = %(district_id)s and connection.client_id = %(client_id)s
