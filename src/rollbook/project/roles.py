"""The role as which a process works in PostgreSQL.

The web works as one that row-level security binds, all others as the owner of the tables, whom it
does not bind.

Source: decision 6.
"""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from psycopg import sql

from rollbook.districts.policies import find_unsecured, grant_rights, secure_tables
from rollbook.errors import ConfigurationError
from rollbook.project.connection import work_as

log = structlog.get_logger(__name__)

NO_ROLE = "none"

_IS_BOUND = "select current_user, row_security_active('districts_district')"


class RoleError(ConfigurationError):
    """A process would work in PostgreSQL as a role that sees too much, or too little."""

    def __init__(self, problem: str, repair: str) -> None:
        super().__init__(f"{problem} {repair}")


def work_as_web() -> None:
    """Let the connections that this process will open work as the web's role.

    Once is enough, twice is the same.
    """
    database, role = settings.DATABASES["default"], settings.ROLLBOOK_WEB_ROLE
    if settings.DATABASE_URL is None:
        # Rollbook's own server lets whoever reaches its socket sign in as anybody. Signed in as
        # the role itself, no statement can get out of it.
        database["USER"] = role
    elif role != NO_ROLE:
        work_as(database, role)


def refuse_unbound_web() -> None:
    """Look whether row-level security binds the role as which this process works.

    Raises:
        RoleError: It does not, and nobody has said that this is meant; or PostgreSQL cannot tell.
    """
    role, is_bound = _ask_who_we_are()
    unsecured = find_unsecured()
    if is_bound and not unsecured:
        return
    if settings.ROLLBOOK_WEB_ROLE == NO_ROLE:
        log.warning("row-level security does not bind the web", role=role)
        return
    if unsecured:
        raise RoleError(
            f"Row-level security does not yet protect {', '.join(unsecured)}.",
            "Run `rollbook migrate`, then start the web again.",
        )
    raise RoleError(
        f"The web would work as role {role}, which sees every district: it is a superuser, owns "
        "the tables, or bypasses row-level security.",
        "Name another role in ROLLBOOK_WEB_ROLE and run `rollbook migrate`, or set "
        f"ROLLBOOK_WEB_ROLE={NO_ROLE} if this is meant.",
    )


def refuse_bound_owner() -> None:
    """Look whether this process sees every district, as workers and commands must.

    Raises:
        RoleError: It works as a role that row-level security binds; or PostgreSQL cannot tell.
    """
    role, is_bound = _ask_who_we_are()
    if is_bound:
        raise RoleError(
            f"Role {role} sees no district by itself, and cannot write rosters: it is for the web.",
            "Name the owner of the tables in DATABASE_URL for workers and commands.",
        )


def prepare_web_role() -> None:
    """Secure the tables, and let the web's role use them. The last step of every migration.

    Raises:
        RoleError: There is no such role, and this one may not make it.
    """
    secure_tables()
    role = settings.ROLLBOOK_WEB_ROLE
    if role == NO_ROLE:
        return
    with connection.cursor() as cursor:
        cursor.execute("select from pg_roles where rolname = %s", [role])
        if cursor.fetchone() is None:
            _make_role(role)
    grant_rights(role)


def _make_role(role: str) -> None:
    name = sql.Identifier(role)
    statements = (
        sql.SQL("create role {}").format(name),
        sql.SQL("grant {} to current_user").format(name),
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except ProgrammingError as error:
        as_text = "; ".join(statement.as_string() for statement in statements)
        owner = settings.DATABASES["default"]["USER"]
        raise RoleError(
            f"There is no role {role} for the web, and this role may not make one.",
            "Let an administrator of PostgreSQL run: "
            f"{as_text.replace('current_user', owner)}; then run `rollbook migrate` again.",
        ) from error


def _ask_who_we_are() -> tuple[str, bool]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_IS_BOUND)
            role, is_bound = cursor.fetchone()
            return role, is_bound
    except ProgrammingError as error:
        raise RoleError(
            "The database has no tables yet.", "Run `rollbook migrate`, then start again."
        ) from error
    except DatabaseError as error:
        said = str(error).strip().splitlines()[-1]
        raise RoleError(
            f"PostgreSQL refuses the connection: {said}",
            "Start it, or correct DATABASE_URL. If it is the role that is refused, run "
            "`rollbook migrate` with the owner of the tables in DATABASE_URL.",
        ) from error
