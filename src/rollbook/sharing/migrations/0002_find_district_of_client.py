"""Let the web ask which district an application's client belongs to, before it may see a row of it.

The function runs with the rights of its owner, so row-level security does not bind it. It tells one
number, and only to whoever knows the client.
"""

from __future__ import annotations

from django.db import migrations

_FUNCTION = """
create function rollbook_district_of_client(client bigint) returns bigint
language sql stable strict security definer
set search_path from current
as $$ select district_id from sharing_connection where client_id = client $$
"""


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial")]

    operations = [
        migrations.RunSQL(_FUNCTION, "drop function rollbook_district_of_client(bigint)"),
    ]
