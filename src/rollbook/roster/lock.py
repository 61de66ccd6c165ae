"""One writer of a district's roster and grants at a time."""

from __future__ import annotations

from django.db import connection


def lock_district(district_id: int) -> None:
    """Wait for whoever writes this district, and keep others waiting until the transaction ends.

    A row could not be locked: before the first publish there is none.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('rollbook.publish'), %s)", [district_id]
        )
