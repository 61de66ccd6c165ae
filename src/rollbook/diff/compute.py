"""The entry to this stage: compare the valid rows with what their source has published."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import duckdb

from rollbook.diff.columns import columns_of, kept_fields, label_of, struct_of
from rollbook.diff.data import ChangeCounts, ChangeSet, Standpoint, Verdict
from rollbook.diff.naming import do_notes_differ, name_records
from rollbook.diff.pairs import Found, compare, count_changes, note_verdicts, read_pairs
from rollbook.diff.settling import find_replaced, settle
from rollbook.diff.stale import find_stale
from rollbook.oneroster import RESOURCES, Resource
from rollbook.sqlfiles import read_sql
from rollbook.validation.data import ValidRoster

_HERE = "rollbook.diff"
_RESOURCES = frozenset(map(str, RESOURCES))
# What is a table in one comparison and a view in the next: neither replaces the other.
_TABLES_OR_VIEWS = frozenset({"before", "next", "changes", "lasting", "was", "becomes"})


def compute_change_set(valid: ValidRoster, *, standpoint: Standpoint | None = None) -> ChangeSet:
    """Compare one complete delivery with what is published, without writing anything outside.

    A record that is published and not in the delivery is abandoned, unless validation keeps it: its
    row could not be used, its file is absent, or a row without a readable id may have been its own;
    or unless the standpoint lets it stay. Resources are taken parents first.

    Source: OneRoster 1.1 CSV, bulk mode (fact base section 5); design, "Identity", "Ownership";
    glossary "abandoned record".
    """
    standpoint = standpoint or Standpoint()
    found = Found(Verdict.SAME if standpoint.verdicts is None else Verdict.WAITING)
    with valid.workspace.connect() as database:
        _forget_comparison(database)
        note_verdicts(database, standpoint.verdicts)
        for resource in RESOURCES:
            names = {"resource": resource, "columns": columns_of(resource)}
            database.execute(read_sql(_HERE, "delivered", **names))
        if valid.published is None:
            _take_everything(database, found)
        else:
            for resource in RESOURCES:
                compare(database, resource, found)
                if resource is Resource.USERS:
                    find_replaced(database, found)
            settle(database, standpoint, found)
        renamed = name_records(database, standpoint, found, valid)
        return _freeze(database, valid, found, renamed)


def _forget_comparison(database: duckdb.DuckDBPyConnection) -> None:
    """Drop what an earlier comparison left in the workspace: one that did not let removals wait."""
    for name, kind in database.execute(read_sql(_HERE, "relations")).fetchall():
        prefix, _, resource = name.partition("_")
        if prefix in _TABLES_OR_VIEWS and resource in _RESOURCES:
            database.execute(f'drop {kind} "{name}"')


def record_changes_sql(resource: Resource, *, has_limit: bool = False) -> str:
    """Return the select of a resource's changes in words: sourcedId, change, label, fields (JSON).

    `fields` maps a field's name to [before, after], for a new record [null, after].

    Args:
        has_limit: Of each kind of change only the first, by id; the parameter `most` says how many.
    """
    own_id = "{'k': 'sourcedId', 'v': [coalesce(c.was, c.sourcedId), c.sourcedId]}"
    changes = f'"changes_{resource}"'
    if has_limit:
        changes = f"({read_sql(_HERE, 'first_of_each_change', resource=resource)})"
    return read_sql(_HERE, "record_changes", changes=changes, **_words_of(resource, own_id))


def record_rows_sql(resource: Resource) -> str:
    """Return the same select with the place of each record in the new files, and re-keys told."""
    return read_sql(_HERE, "record_rows", **_words_of(resource))


def _words_of(resource: Resource, *first: str) -> dict[str, object]:
    names = [*(field.name for field in kept_fields(resource)[1:]), "metadata"]
    pairs = [*first, *(f"{{'k': '{name}', 'v': [p.\"{name}\", n.\"{name}\"]}}" for name in names)]
    return {"resource": resource, "pairs": ", ".join(pairs), "label": label_of(resource)}


def _take_everything(database: duckdb.DuckDBPyConnection, found: Found) -> None:
    """Make the tables of a comparison with nothing."""
    for resource in RESOURCES:
        names = {"resource": resource, "columns": columns_of(resource)}
        record = struct_of(resource, "v")
        database.execute(read_sql(_HERE, "first_changes", resource=resource, new=record))
        database.execute(read_sql(_HERE, "before", source="published", **names))
        database.execute(read_sql(_HERE, "next", source="delivered", **names))
        for name, records in (("was", "before"), ("becomes", "next")):
            columns = columns_of(resource)
            database.execute(
                f'create or replace view "{name}_{resource}" as '
                f'select {columns} from "{records}_{resource}"'
            )
        found.amounts[resource] = count_changes(database, resource)


def _freeze(
    database: duckdb.DuckDBPyConnection,
    valid: ValidRoster,
    found: Found,
    renamed: frozenset[Resource],
) -> ChangeSet:
    counts, digest = {}, hashlib.sha256()
    for resource in RESOURCES:
        counts[resource] = _count(database, resource, found.amounts[resource])
        if valid.published and counts[resource].total:
            digest.update(_digest(database, resource))
    leaving = due = 0
    if valid.published:
        leaving, due = database.execute(read_sql(_HERE, "leaving_counts")).fetchone() or (0, 0)
    users = replace(counts[Resource.USERS], leaving=leaving, due=due)
    return ChangeSet(
        workspace=valid.workspace,
        published=valid.published,
        counts=counts | {Resource.USERS: users},
        digest=digest.hexdigest(),
        renamed=renamed,
        pairs=tuple(read_pairs(database)) if valid.published else (),
        notes_differ=do_notes_differ(database),
        stale=find_stale(database, renamed) if valid.published else frozenset(),
    )


def _count(
    database: duckdb.DuckDBPyConnection, resource: Resource, amounts: Mapping[str, int]
) -> ChangeCounts:
    active, others = database.execute(read_sql(_HERE, "counts", resource=resource)).fetchone() or (
        0,
        0,
    )
    replaced = amounts.get("replace", 0)
    return ChangeCounts(
        create=amounts.get("create", 0) + replaced,
        update=amounts.get("update", 0),
        abandon=amounts.get("abandon", 0) + replaced,
        active=active,
        rekey=amounts.get("rekey", 0),
        replace=replaced,
        others=others,
    )


def _digest(database: duckdb.DuckDBPyConnection, resource: Resource) -> bytes:
    row = database.execute(read_sql(_HERE, "digest", resource=resource)).fetchone()
    return f"{resource}:{row}".encode()
