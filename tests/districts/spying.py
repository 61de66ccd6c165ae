"""See what a query without a filter would find, at every step of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from .rows import key_of, tables_of_districts

PEOPLES = ("districts_district", "districts_membership")


@contextmanager
def forgetful_queries() -> Iterator[set[tuple[str, int]]]:
    """Yield whose rows in which tables were there to be found after each statement.

    Without the two tables in which a person finds the own districts.
    """
    found: set[tuple[str, int]] = set()
    forgetful = " union ".join(
        f"select '{table}', {key_of(table)} from {table}"
        for table in tables_of_districts()
        if table not in PEOPLES
    )

    def look(execute: Callable[..., Any], *statement: Any) -> Any:
        result = execute(*statement)
        found.update(connection.connection.execute(forgetful).fetchall())
        return result

    with connection.execute_wrapper(look):
        yield found
