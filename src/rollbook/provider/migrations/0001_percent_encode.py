"""Give PostgreSQL the percent-encoding of one path segment, for the ids inside `href`.

Every byte that is not unreserved is encoded. Source: RFC 3986, section 2.3.
"""

from __future__ import annotations

from django.db import migrations

_FUNCTION = r"""
create function rollbook_percent_encode(segment text) returns text
language sql immutable strict parallel safe
as $$
select string_agg(
    case
        when c ~ '[A-Za-z0-9._~-]' then c
        else regexp_replace(upper(encode(convert_to(c, 'UTF8'), 'hex')), '(..)', '%\1', 'g')
    end,
    '' order by n
)
from regexp_split_to_table(segment collate "C", '') with ordinality as _ (c, n)
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunSQL(_FUNCTION, "drop function rollbook_percent_encode(text)"),
    ]
