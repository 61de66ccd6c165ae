"""What is to be written, as temporary views of one shape whatever the delivery stated."""

from __future__ import annotations

import csv
from importlib.resources import files

import duckdb

from rollbook.oneroster import RESOURCES, Field, Kind, Resource, fields_of

_FREE_TEXT = {Kind.ID, Kind.REF, Kind.REFS, Kind.TEXT, Kind.LIST, Kind.TYPED_IDS}


def define_given(database: duckdb.DuckDBPyConnection, *, is_whole: bool = False) -> None:
    """Make the view `given_<resource>` of each resource: its kept fields, `metadata`, and `row`.

    Args:
        is_whole: Whether records count that stay from before although the delivery does not have
            them; they come after its own.

    A field that the delivery does not know is null, a resource that it does not have is empty, and
    line breaks and tabs are blanks: no format may hold them. Rows are numbered in their order.
    """
    for resource in RESOURCES:
        names = [f"live_{resource}"] if is_whole else _names_of(resource)
        table = next((name for name in names if columns_of(database, name)), None)
        known = columns_of(database, table) if table else set()
        values = [_value(field, known) for field in kept_fields(resource)]
        values.append("t.metadata" if "metadata" in known else "null::varchar as metadata")
        values.append(_row(known, is_whole=is_whole))
        rows = f'from "{table}" as t' if table else "where false"
        database.execute(
            f'create or replace temp view "given_{resource}" as select {", ".join(values)} {rows}'
        )


def _row(known: set[str], *, is_whole: bool) -> str:
    if is_whole:
        return "row_number() over (order by t.row nulls last, t.sourcedId) as row"
    return "t.row" if "row" in known else "row_number() over () as row"


def _names_of(resource: Resource) -> tuple[str, str]:
    """Return the views that hold the rows that stand: with their place in the files, or without."""
    return f"valid_rows_{resource}", f"valid_{resource}"


def define_crosswalks(database: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `crosswalk_roles` and `crosswalk_grades`, with the place of each row."""
    for name in ("role", "grade"):
        path = files("rollbook.oneroster").joinpath(f"{name}_crosswalk.csv")
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        columns = ", ".join([*(f"{column} varchar" for column in header), "place integer"])
        database.execute(f"create or replace temp table crosswalk_{name}s ({columns})")
        database.executemany(
            f"insert into crosswalk_{name}s values ({', '.join('?' * (len(header) + 1))})",
            [[*(cell or None for cell in row), place] for place, row in enumerate(rows)],
        )


def kept_fields(resource: Resource) -> list[Field]:
    """Return the fields that can be written: neither the envelope nor secrets."""
    return [field for field in fields_of(resource) if field.is_kept]


def columns_of(database: duckdb.DuckDBPyConnection, view: str) -> set[str]:
    """Return the columns of a table or view; none when there is no such thing."""
    rows = database.execute(
        "select column_name from information_schema.columns where table_name = ?", [view]
    ).fetchall()
    return {name for (name,) in rows}


def _value(field: Field, known: set[str]) -> str:
    if field.name not in known:
        return f'null::varchar as "{field.name}"'
    if field.kind in _FREE_TEXT:
        return f"translate(t.\"{field.name}\", e'\\r\\n\\t', '   ') as \"{field.name}\""
    return f't."{field.name}"'
