"""`rollbook web`."""

from __future__ import annotations


def web() -> None:
    """Serve pages and the API until Ctrl-C."""
    from rollbook.commands.database import database

    with database():
        from rollbook.processes.web import run_web

        run_web()
