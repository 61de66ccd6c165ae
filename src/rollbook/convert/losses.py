"""What a written format does not say of the roster."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from importlib.resources import files

import duckdb

from rollbook.convert.adapters import folder_of
from rollbook.convert.data import Loss, Table
from rollbook.convert.given import columns_of, kept_fields
from rollbook.convert.metadata import keys_of, value_of
from rollbook.oneroster import RESOURCES, Kind, Resource
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import ReadFile
from rollbook.staging.formats.data import Format


def find_losses(
    database: duckdb.DuckDBPyConnection, to: Format, tables: Collection[Table]
) -> tuple[Loss, ...]:
    """Count what is lost, after the tables of the format were made; most of it first by resource.

    Args:
        tables: The files that are written.
    """
    losses = [
        *_lost_records(database, to),
        *_lost_fields(database, to),
        *_lost_extensions(database, to, tables),
        *_broken_lines(database),
    ]
    place = {resource.value: number for number, resource in enumerate(Resource)}
    found = [loss for loss in losses if loss.count]
    return tuple(sorted(found, key=lambda loss: (place[loss.resource], -loss.count)))


def lost_secrets(files: Iterable[ReadFile]) -> Iterator[Loss]:
    """Yield the columns of passwords: nothing of them is read, so nothing can be written."""
    for file in files:
        for column, count in file.secrets:
            if count:
                reason = f"Passwords are never passed on; those of {file.name} were left out."
                yield Loss(str(Resource.USERS), column, count, reason)


def _lost_records(database: duckdb.DuckDBPyConnection, to: Format) -> Iterator[Loss]:
    # 1.0 differs from 1.1 in what surrounds the rows only.
    to = Format.ONEROSTER_1_1 if to is Format.ONEROSTER_1_0 else to
    sql = read_sql("rollbook.convert", f"{folder_of(to)}/losses")
    for resource, subject, count, reason in database.execute(sql).fetchall():
        yield Loss(resource, subject, count, reason)


def _lost_fields(database: duckdb.DuckDBPyConnection, to: Format) -> Iterator[Loss]:
    """Yield the fields that have no place in the format, where any record has a value."""
    text = files("rollbook.convert").joinpath("not_carried.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["target"] == to]
    for resource in RESOURCES:
        lost = [row for row in rows if row["resource"] == resource]
        if lost:
            counts = _counts(database, resource, [f'count(t."{row["field"]}")' for row in lost])
            for row, count in zip(lost, counts, strict=True):
                yield Loss(resource.value, row["field"], count, row["reason"])


def _lost_extensions(
    database: duckdb.DuckDBPyConnection, to: Format, tables: Collection[Table]
) -> Iterator[Loss]:
    """Yield the extension columns that no file has; OneRoster's files have all."""
    if to.version:
        return
    carried = {pair for table in tables for pair in table.extensions}
    for resource in RESOURCES:
        keys = [
            key
            for key in keys_of(database, f"given_{resource}")
            if (resource.value, key) not in carried
        ]
        if keys:
            counts = _counts(database, resource, [f"count({value_of(key)})" for key in keys])
            for key, count in zip(keys, counts, strict=True):
                reason = "The format has no place for this extension column."
                yield Loss(resource.value, f"metadata.{key}", count, reason)


def _broken_lines(database: duckdb.DuckDBPyConnection) -> Iterator[Loss]:
    for resource in RESOURCES:
        known = columns_of(database, f"valid_{resource}")
        names = [
            field.name
            for field in kept_fields(resource)
            if field.name in known and field.kind in (Kind.TEXT, Kind.LIST)
        ]
        broken = [
            f"count(*) filter (where regexp_matches(t.\"{name}\", '[\\r\\n\\t]'))" for name in names
        ]
        counts = _counts(database, resource, broken, among="valid") if names else ()
        for name, count in zip(names, counts, strict=True):
            yield Loss(resource.value, name, count, "Line breaks and tabs became blanks.")


def _counts(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    counts: list[str],
    *,
    among: str = "given",
) -> tuple[int, ...]:
    sql = f'select {", ".join(counts)} from "{among}_{resource}" as t'
    return database.execute(sql).fetchone() or ()
