"""The data of a server: made once, never half made."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from rollbook.postgres.address import DATABASE, ROLE, WEB_ROLE
from rollbook.postgres.errors import EmbeddedServerError
from rollbook.processes.tether import RunAs, tethered


def make_cluster(cluster: Path, *, binaries: Path, run_as: RunAs) -> None:
    """Make an empty cluster whose only user is the superuser, unless there is one."""
    if (cluster / "PG_VERSION").exists():
        return
    unfinished = cluster.with_name("cluster.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    # Trust: the socket's folder, which only its owner may enter, is what keeps others out.
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    command = [str(binaries / "initdb"), "-D", str(unfinished), *options]
    made = subprocess.run(  # noqa: S603  a program of the chosen folder
        tethered(command, on_starter_end=signal.SIGKILL, run_as=run_as),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if made.returncode != 0:
        raise EmbeddedServerError(
            f"initdb could not make {cluster}:\n{made.stderr.strip()}\n",
            "Repair what it names, then start Rollbook again.",
        )
    unfinished.rename(cluster)


def make_database(superuser_dsn: str) -> None:
    """Make the owner, the web's role and the database, unless they exist.

    The one use of the superuser.
    """
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        # The owner makes and drops databases of its own: tests clone theirs from a template. It may
        # look through the eyes of the web; the web has no rights but those it is given by name.
        _make_role(connection, ROLE, "create role {} login createdb")
        if _make_role(connection, WEB_ROLE, "create role {} login"):
            roles = [sql.Identifier(name) for name in (WEB_ROLE, ROLE)]
            connection.execute(sql.SQL("grant {} to {}").format(*roles))
        database = connection.execute("select from pg_database where datname = %s", [DATABASE])
        if database.fetchone() is None:
            names = {"name": sql.Identifier(DATABASE), "owner": sql.Identifier(ROLE)}
            connection.execute(sql.SQL("create database {name} owner {owner}").format(**names))


def _make_role(connection: psycopg.Connection, name: str, statement: LiteralString) -> bool:
    """Make a role, unless it exists; return whether it was made."""
    found = connection.execute("select from pg_roles where rolname = %s", [name]).fetchone()
    if found is not None:
        return False
    connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
    return True
