"""Links that return: whether a place in a class, a role or an account elsewhere is the earlier one.

A link has no identity of its own. It is itself again where the person and the class that it hangs
on are the records it hung on when it left, and then it takes its old served id and uid; under the
same sourcedId, but with somebody else or in another class, it is a new one. What it hung on stands
on its tombstone, so this is settled where tombstones are, and the notes of the snapshot follow.

Source: design, "Identity".
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from rollbook.apply.copying import copy_rows, fetch_rows
from rollbook.apply.data import Publish
from rollbook.diff.pairs import hanging_fields
from rollbook.oneroster import Kind, Resource
from rollbook.roster.connection import open_cursor
from rollbook.roster.tables import table_of
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.apply"


def settle_links(
    database: duckdb.DuckDBPyConnection, resource: Resource, publish: Publish, *, pipe: Path
) -> bool:
    """Name the links among `incoming` that return; whether any has another id than was thought."""
    hanging = [
        field.column
        for target in (Resource.USERS, Resource.CLASSES)
        for field in hanging_fields(resource, target)
        if field.kind is not Kind.ID
    ]
    if not hanging:
        return False
    with open_cursor() as cursor:
        cursor.execute(read_sql(_HERE, "make_links"))
    copy_rows(
        database,
        read_sql(_HERE, "former_links", resource=resource),
        {},
        into="former_links",
        columns=("sourced_id", "served_id"),
        pipe=pipe,
    )
    is_same = " and ".join(
        f"tombstone.record ->> '{column}' = incoming.{column}" for column in hanging
    )
    names = {"resource": str(resource), **publish.parameters}
    statement = read_sql(_HERE, "return_links", table=table_of(resource), is_same=is_same)
    with open_cursor() as cursor:
        has_any = cursor.execute(statement, names).rowcount > 0
        if has_any:
            file = pipe.with_name("returned.csv")
            fetch_rows("returned_links", ("sourced_id", "served_id"), into=file)
            _note(database, resource, file)
        cursor.execute("drop table former_links, returned_links")
    return has_any


def _note(database: duckdb.DuckDBPyConnection, resource: Resource, file: Path) -> None:
    """Bring the notes of the snapshot in line with the ids that links have got."""
    database.execute(read_sql(_HERE, "returned_links"), {"file": str(file)})
    for statement in read_sql(_HERE, "note_returned", resource=resource).split(";"):
        database.execute(statement)
