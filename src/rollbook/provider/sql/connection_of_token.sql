-- At most one row: a token, the connection of its application, and the roster of its district.
-- The last two may be missing.
select
    token.expires,
    token.scope,
    token.resource,
    connection.district_id,
    connection.number,
    connection.rule,
    connection.counts as connection_counts,
    roster.change_number,
    roster.published_at,
    roster.counts as roster_counts
from oauth2_provider_accesstoken as token
left join sharing_connection as connection on connection.client_id = token.application_id
left join roster_roster as roster on roster.district_id = connection.district_id
where token.token_checksum = %(checksum)s
