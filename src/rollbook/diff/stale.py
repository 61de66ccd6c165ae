"""Published records that stay as they are because their newest rows cannot be used.

Since when is marked in the roster by whoever publishes. Given these marks, records that are stale
for the first time are told from those that have waited long for somebody to look.

Source: design, "Severity".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import duckdb

from rollbook.diff.naming import named_like
from rollbook.diff.touched import schools_of, subject_of
from rollbook.oneroster import RESOURCES, Resource
from rollbook.sqlfiles import read_sql
from rollbook.validation.standing import has_rows

_HERE = "rollbook.diff"
LONG_DAYS = 14
"""After so many days somebody should look."""
MEASURES: Mapping[str, str] = {
    "stale": "b.days is null",
    "long_stale": f"b.days >= {LONG_DAYS}",
}
"""What is told of stale records: the condition of a record by its mark `b`."""

StaleDays = Mapping[tuple[str, str], int]
"""For how many days records have been stale, by resource and served id."""


def find_stale(
    database: duckdb.DuckDBPyConnection, renamed: Collection[Resource]
) -> frozenset[Resource]:
    """Make `stale_<resource>` where there are any; return of which resources.

    Args:
        renamed: Resources of which some ids are served under another, in `served_<resource>`.
    """
    found = set()
    for resource in RESOURCES:
        if has_rows(database, f"set_aside_{resource}"):
            served = "(select null::varchar as sourcedId, null::varchar as servedId where false)"
            if (named := named_like(resource)) in renamed:
                served = f'"served_{named}"'
            database.execute(read_sql(_HERE, "stale", resource=resource, served=served))
            if has_rows(database, f"stale_{resource}"):
                found.add(resource)
    return frozenset(found)


def note_days(database: duckdb.DuckDBPyConnection, days: StaleDays) -> None:
    """Make the table of the marks that the roster has."""
    database.execute(
        read_sql(_HERE, "stale_before"),
        {
            "resources": [resource for resource, _ in days],
            "served": [served for _, served in days],
            "days": [*days.values()],
        },
    )


def tell_stale(database: duckdb.DuckDBPyConnection, resource: Resource, *, measure: str) -> None:
    """Add the stale records of a resource that a measure is about to those that it befalls."""
    database.execute(
        read_sql(
            _HERE,
            "statistics/stale",
            resource=resource,
            measure=measure,
            subject=subject_of(resource, "n"),
            schools=schools_of(resource, "n"),
            told=MEASURES[measure],
        )
    )
