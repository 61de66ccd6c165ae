"""The connection to PostgreSQL, below Django's wrappers, for COPY."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import Cursor


@contextmanager
def open_cursor() -> Iterator[Cursor]:
    """Yield psycopg's own cursor on Django's connection: same session, same transaction.

    What goes wrong is raised as Django's errors. So whoever waits for a database that is away need
    know one kind, and Django looks at the connection before it uses it again.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.cursor() as cursor:
        yield cursor.cursor
