"""The entry to this stage: compare the valid rows with the last snapshot."""

from __future__ import annotations

import hashlib

import duckdb

from rollbook.diff.data import ChangeCounts, ChangeSet
from rollbook.oneroster import RESOURCES, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.validation.data import ValidRoster

_HERE = "rollbook.diff"


def compute_change_set(valid: ValidRoster) -> ChangeSet:
    """Compare one complete delivery with what is published, without writing anything outside.

    A record that is published and not in the delivery is abandoned, unless validation keeps it: its
    row could not be used, its file is absent, or a row without a readable id may have been its own.

    Source: OneRoster 1.1 CSV, bulk mode (fact base section 5); glossary "abandoned record".
    """
    counts, digest = {}, hashlib.sha256()
    with valid.workspace.connect() as database:
        for resource in RESOURCES:
            changes = "changes" if valid.published else "first_changes"
            database.execute(read_sql(_HERE, "next", resource=resource, columns=_columns(resource)))
            database.execute(
                read_sql(_HERE, changes, resource=resource, differs=_differs(resource))
            )
            counts[resource] = _count(database, resource)
            if valid.published and counts[resource].total:
                digest.update(_digest(database, resource))
    return ChangeSet(
        workspace=valid.workspace,
        published=valid.published,
        counts=counts,
        digest=digest.hexdigest(),
    )


def record_changes_sql(resource: Resource) -> str:
    """Return the select of a resource's changes in words: sourcedId, change, label, fields (JSON).

    `fields` maps a field's name to [before, after], for a new record [null, after].
    """
    names = [*(field.name for field in fields_of(resource) if field.is_kept), "metadata"]
    pairs = [f"{{'k': '{name}', 'v': [p.\"{name}\", n.\"{name}\"]}}" for name in names[1:]]
    return read_sql(
        _HERE, "record_changes", resource=resource, pairs=", ".join(pairs), label=label_of(resource)
    )


def label_of(resource: Resource) -> str:
    """Return the expression of a changed record's name, out of `n`, else `p`."""
    names = {field.name for field in fields_of(resource)}
    for words in (("givenName", "familyName"), ("title",), ("name",)):
        if names.issuperset(words):
            return " || ' ' || ".join(f'coalesce(n."{word}", p."{word}")' for word in words)
    return "''"


def _columns(resource: Resource) -> str:
    kept = [f'"{field.name}"' for field in fields_of(resource) if field.is_kept]
    return ", ".join([*kept, "metadata"])


def _differs(resource: Resource) -> str:
    columns = _columns(resource).split(", ")[1:]
    return "\n        or ".join(f"n.{column} is distinct from p.{column}" for column in columns)


def _count(database: duckdb.DuckDBPyConnection, resource: Resource) -> ChangeCounts:
    row = database.execute(read_sql(_HERE, "counts", resource=resource)).fetchone() or (0, 0, 0, 0)
    return ChangeCounts(*row)


def _digest(database: duckdb.DuckDBPyConnection, resource: Resource) -> bytes:
    row = database.execute(read_sql(_HERE, "digest", resource=resource)).fetchone()
    return f"{resource}:{row}".encode()
