"""`rollbook migrate`."""

from __future__ import annotations

import typer

_LOCK = 8_017_655  # any number, the same in every version of Rollbook


def migrate() -> None:
    """Bring the tables of the database up to date, and what the web may see of them."""
    from rollbook.commands.database import database

    with database():
        apply_migrations()
    typer.echo("The tables of the database are up to date.")


def apply_migrations() -> None:
    """Apply what is missing; where machines start at once, the later ones wait for the first."""
    from django.core.management import call_command
    from django.db import connection

    from rollbook.project.roles import prepare_web_role

    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [_LOCK])
        call_command("migrate", interactive=False, verbosity=0)
        prepare_web_role()
        cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])
