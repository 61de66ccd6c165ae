"""Keep a tenth of each page free: a changed row stays on its page and no index is touched."""

from __future__ import annotations

from django.db import migrations

TABLES = (
    "roster_org",
    "roster_academic_session",
    "roster_course",
    "roster_class",
    "roster_user",
    "roster_enrollment",
    "roster_demographics",
)


class Migration(migrations.Migration):
    """Source: measured in docs/decisions/0003."""

    dependencies = (("roster", "0001_initial"),)
    operations = tuple(
        migrations.RunSQL(
            f"alter table {table} set (fillfactor = 90)",
            f"alter table {table} reset (fillfactor)",
        )
        for table in TABLES
    )
