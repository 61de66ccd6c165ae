"""From a database address to what Django wants to hear."""

from __future__ import annotations

import re
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from rollbook.project.environment import SettingError

# What Django has its own key for; whatever else an address says goes to OPTIONS as it is.
_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def django_database(address: str) -> dict[str, Any]:
    """Return the entry of `DATABASES` for an address.

    Args:
        address: `postgresql://…`, or the keywords of libpq.

    Raises:
        SettingError: The address cannot be read. The message does not repeat it: it has a password.
    """
    try:
        parts = {
            key: value for key, value in conninfo_to_dict(address).items() if value is not None
        }
    except ProgrammingError:
        repair = "Write it as postgresql://user:password@host:5432/name."
        raise SettingError("DATABASE_URL", "is not an address of PostgreSQL", repair) from None
    if "dbname" not in parts:
        repair = "Add the name at its end: postgresql://user:password@host:5432/name."
        raise SettingError("DATABASE_URL", "names no database", repair)
    options: dict[str, Any] = {key: value for key, value in parts.items() if key not in _KEYS}
    named = {django: str(parts.get(libpq, "")) for libpq, django in _KEYS.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": options,
        # A server that was restarted leaves dead connections behind; Django looks before it uses
        # one.
        "CONN_HEALTH_CHECKS": True,
        **named,
    }


def keep_open(database: dict[str, Any], connection_count: int) -> None:
    """Let this process keep connections open in a pool, where Django opened one for each request.

    Never together with Django's `assume_role`: the connections of the pool then wait for one
    another. A connection that cannot forget its request is thrown away by the pool.
    """
    from rollbook.districts.session import forget_request  # which wants Django's settings read

    if connection_count:
        sizes = {"min_size": 1, "max_size": connection_count, "timeout": 10}
        database["OPTIONS"]["pool"] = {**sizes, "reset": forget_request}


def work_as(database: dict[str, Any], role: str) -> None:
    """Let the connections of this process work as another role than the one that signs in."""
    escaped = re.sub(r"([\\\s])", r"\\\1", role)
    wanted, others = f"-c role={escaped}", database["OPTIONS"].get("options", "")
    if not others.endswith(wanted):
        database["OPTIONS"]["options"] = f"{others} {wanted}".strip()
