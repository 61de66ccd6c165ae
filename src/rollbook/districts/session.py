"""For whom a connection to PostgreSQL works: the district and the person of the request at hand.

The policies of `policies.py` read both. They belong to the session, so they outlive a transaction
that fails and an answer that is streamed, and they end when the request gives its connection back:
the pool calls `forget_request` before anybody else may have it, and without a pool the connection
is closed.
"""

from __future__ import annotations

import psycopg
from django.db import connection


def name_person(person_id: int) -> None:
    """From here on show the rows of this person: the roles in districts, and these districts."""
    _set("rollbook.person_id", person_id)


def enter_district(district_id: int) -> None:
    """From here on show the rows of this district, and take rows for it, and for no other.

    Call it where it has just been decided that the request may, and nowhere else.
    """
    _set("rollbook.district_id", district_id)


def forget_request(session: psycopg.Connection) -> None:
    """Show no rows of any district or person on this connection."""
    session.autocommit = True  # Django leaves it off when a transaction was broken off
    session.execute(
        "select set_config('rollbook.district_id', '', false),"
        " set_config('rollbook.person_id', '', false)"
    )


def _set(name: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, false)", [name, str(value)])
