"""What snapshots say besides their records, and which ids of other sources one may mean."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from rollbook.staging.data import Snapshot

NOTES = {
    "identities": ("resource", "sourcedId", "servedId"),
    "departed": (
        "resource",
        "sourcedId",
        "servedId",
        "givenName",
        "familyName",
        "birthDate",
        "schoolYear",
        "since",
    ),
    "leaving": ("sourcedId", "since"),
}
"""What a snapshot says besides its records: see `staging.data.Snapshot`. Everything is text."""


def present_notes(
    database: duckdb.DuckDBPyConnection, published: Snapshot | None, others: Sequence[Snapshot]
) -> None:
    """Make the views of what the last snapshots note, `<note>_before` and `others_<note>`."""
    for name in NOTES:
        _present(database, f"{name}_before", name, [published] if published else [])
    for name in ("identities", "departed"):
        _present(database, f"others_{name}", name, others)


def _present(
    database: duckdb.DuckDBPyConnection, view: str, name: str, snapshots: Sequence[Snapshot]
) -> None:
    columns = ", ".join(f'"{column}"' for column in NOTES[name])
    selects = [
        f"select {columns}, {source} as source from read_parquet('{_quoted(snapshot, name)}')"
        for source, snapshot in enumerate(snapshots)
        if name in snapshot.notes
    ]
    if not selects:
        empty = ", ".join(f'null::varchar as "{column}"' for column in NOTES[name])
        selects = [f"select {empty}, 0 as source where false"]
    order = "*" if view.startswith("others_") else "* exclude (source)"
    union = " union all ".join(selects)
    database.execute(f'create or replace view "{view}" as select {order} from ({union})')


def _quoted(snapshot: Snapshot, name: str) -> str:
    return str(snapshot.notes[name]).replace("'", "''")
