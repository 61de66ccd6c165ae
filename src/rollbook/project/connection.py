"""From a database address to what Django wants to hear."""

from __future__ import annotations

from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from rollbook.project.environment import SettingError

# What Django has its own key for; whatever else an address says goes to OPTIONS as it is.
_KEYS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def django_database(address: str, *, pool_size: int) -> dict[str, Any]:
    """Return the entry of `DATABASES` for an address.

    Args:
        address: `postgresql://…`, or the keywords of libpq.
        pool_size: Connections kept open by each process; 0 for one per thread and request.

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
    if pool_size:
        # Never with Django's `assume_role`: the pool's own connections wait for one another then.
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    named = {django: str(parts.get(libpq, "")) for libpq, django in _KEYS.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": options,
        # A server that was restarted leaves dead connections behind; Django looks before it uses one.
        "CONN_HEALTH_CHECKS": True,
        **named,
    }
