-- At most one row: a token, and the district of its application's connection, which may be missing.
-- That district is opened to the request in passing, as `districts/session.py` does; a token that turns out
-- to be expired, or made for something else, is refused before anything of the district is read.
select
    token.expires,
    token.scope,
    token.resource,
    token.application_id as client_id,
    client.district_id,
    set_config('rollbook.district_id', coalesce(client.district_id::text, ''), false)
from oauth2_provider_accesstoken as token
cross join rollbook_district_of_client(token.application_id) as client (district_id)
where token.token_checksum = %(checksum)s
