"""What a command needs before it can use models: PostgreSQL running, and Django set up."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def database(*, is_quiet: bool = False) -> Iterator[None]:
    """Have the database at hand and Django set up for as long as the context lasts.

    A quiet command logs warnings only: whoever calls it reads what it prints.

    Rollbook's own PostgreSQL is started when it is needed and not running, and stopped again by the
    command that started it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollbook.project.settings")
    import django

    django.setup()  # before the server starts: a wrong setting is told at once
    if is_quiet:
        logging.getLogger("rollbook").setLevel(logging.WARNING)
        # Work that is cut short when the queue is empty loses a connection, and nothing else.
        logging.getLogger("psycopg").setLevel(logging.ERROR)
    with own_server():
        from django.db import connections

        try:
            yield
        finally:
            connections.close_all()


@contextlib.contextmanager
def ready_database() -> Iterator[None]:
    """Have the database at hand with its tables up to date, for a command that a person calls.

    Rollbook's own is brought up to date; another server is its operator's.

    Raises:
        ConfigurationError: The database does not answer, lacks tables, or shows only some rows.
    """
    from rollbook.errors import ConfigurationError

    with database(is_quiet=True):
        from rollbook.commands.migrate import apply_migrations
        from rollbook.project.health import find_missing
        from rollbook.project.roles import refuse_bound_owner

        missing = find_missing()
        if missing and own_server_folder():
            apply_migrations()
        elif missing:
            raise ConfigurationError(" ".join(missing))
        refuse_bound_owner()
        yield


@contextlib.contextmanager
def own_server() -> Iterator[None]:
    """Run Rollbook's own PostgreSQL, unless DATABASE_URL names another server."""
    folder = own_server_folder()
    if folder is None:
        yield
        return
    from rollbook.postgres.server import embedded_server
    from rollbook.project.environment import optional_folder

    with embedded_server(folder, binaries=optional_folder("ROLLBOOK_POSTGRES_BIN")):
        yield


def own_server_folder() -> Path | None:
    """Return where Rollbook's own PostgreSQL lives, or None when it is not used."""
    from rollbook.project.environment import folder, optional_text

    return None if optional_text("DATABASE_URL") else folder("ROLLBOOK_DATA") / "postgres"
