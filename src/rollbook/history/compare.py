"""Compare the rosters of any two published runs, older with newer or newer with older."""

from __future__ import annotations

import duckdb

from rollbook.diff.data import ChangeCounts, ChangeSet
from rollbook.diff.pairs import count_changes, define_changes
from rollbook.history.rosters import RosterFiles, define_roster
from rollbook.oneroster import RESOURCES, Field, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Workspace

_HERE = "rollbook.history"


def compare_rosters(before: RosterFiles, after: RosterFiles, workspace: Workspace) -> ChangeSet:
    """Compare two whole rosters record by record.

    The id under which a record is served never changes, so a record that goes on under another id
    is one change. Records are shown under the newest id that the district has for them, and so are
    links to them; where two sources have the same one, under the served id.
    """
    counts = {}
    with workspace.connect() as database:
        define_roster(database, before, "was")
        define_roster(database, after, "became")
        for resource in RESOURCES:
            database.execute(read_sql(_HERE, "snapshots/shown_ids", resource=resource))
        for resource in RESOURCES:
            _show(database, resource, "was", "before")
            _show(database, resource, "became", "next")
            _offer_no_files(database, resource)
            define_changes(database, resource, before="before", after="next")
            counts[resource] = _count(database, resource)
    return ChangeSet(workspace=workspace, published=None, counts=counts, digest="")


def _show(database: duckdb.DuckDBPyConnection, resource: Resource, schema: str, name: str) -> None:
    """Make the view of one side with all ids as they are shown."""
    values, joins = [], []
    for field in fields_of(resource):
        if not field.is_kept:
            continue
        value, join = _shown(field, schema)
        values.append(f'{value} as "{field.name}"')
        joins.append(join)
    database.execute(
        f'create or replace table "{name}_{resource}" as '
        f"select {', '.join(values)}, r.metadata, "
        "if(own.has_moved, own.sourcedId, null) as was, "
        "if(own.has_moved, 'served under one id', null) as evidence "
        f'from {schema}."{resource}" as r '
        f"inner join \"shown_{resource}\" as own on own.side = '{schema}' "
        f"and r.source = own.source and r.sourcedId = own.sourcedId {' '.join(joins)}"
    )


def _shown(field: Field, schema: str) -> tuple[str, str]:
    """Return the value of a field, its links as they are shown, and the join that it takes."""
    if field.kind is Kind.ID:
        return "own.shown", ""
    value, alias = f'r."{field.name}"', f'"x_{field.name}"'
    if field.refers_to is None:
        return value, ""
    if field.is_list:
        select = read_sql(
            _HERE,
            "snapshots/shown_many",
            schema=schema,
            resource=field.resource,
            field=field.name,
            target=field.refers_to,
        )
        return (
            f"coalesce({alias}.value, {value})",
            f"left join ({select}) as {alias} "
            f"on r.source = {alias}.source and r.sourcedId = {alias}.sourcedId",
        )
    return (
        f"coalesce({alias}.shown, {value})",
        f"left join ({_links(field, schema)}) "
        f"as {alias} on r.source = {alias}.source and {value} = {alias}.sourcedId",
    )


def _offer_no_files(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Let a report ask where a record stands in a file: a roster has none."""
    database.execute(
        f'create or replace view "{resource}" as select null::varchar as sourcedId, '
        "null::varchar as file, null::bigint as record where false"
    )


def _count(database: duckdb.DuckDBPyConnection, resource: Resource) -> ChangeCounts:
    amounts = count_changes(database, resource)
    row = database.execute(f'select count(*) from "before_{resource}"').fetchone() or (0,)
    return ChangeCounts(
        create=amounts.get("create", 0),
        update=amounts.get("update", 0),
        abandon=amounts.get("abandon", 0),
        active=row[0],
        rekey=amounts.get("rekey", 0),
    )


def _links(field: Field, schema: str) -> str:
    return read_sql(
        _HERE,
        "snapshots/shown_links",
        schema=schema,
        resource=field.resource,
        target=field.refers_to,
    )
