"""Write the changed records of one resource, or all of them on the first load."""

from __future__ import annotations

from pathlib import Path

import duckdb

from rollbook.apply.columns import columns_of, select_rows
from rollbook.apply.copying import copy_rows
from rollbook.apply.data import Publish
from rollbook.apply.returning import settle_links
from rollbook.diff.data import ChangeSet
from rollbook.oneroster import RESOURCES, Resource
from rollbook.roster.connection import open_cursor
from rollbook.roster.tables import table_of
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.apply"


def load_first(
    database: duckdb.DuckDBPyConnection, resource: Resource, publish: Publish, *, pipe: Path
) -> None:
    """Copy every record straight into the empty roster, in the order of its key.

    Statistics are gathered at once: until autovacuum comes by, plans would be made for empty
    tables.
    """
    copy_rows(
        database,
        select_rows(resource, records=f'"next_{resource}"'),
        publish.parameters,
        into=table_of(resource),
        columns=columns_of(resource),
        pipe=pipe,
    )
    if resource is Resource.USERS:
        _load_places(database, publish, pipe=pipe)
    with open_cursor() as cursor:
        cursor.execute(f'analyze "{table_of(resource)}"')


def change_records(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    change_set: ChangeSet,
    publish: Publish,
    *,
    pipe: Path,
) -> bool:
    """Create, update and remove what the change set says; every statement is set-based.

    Returns:
        Whether links returned under other ids than was thought, so that the notes of the snapshot
        are other ones now.
    """
    _stage_changes(database, resource, change_set, publish, pipe=pipe)
    has_returned = settle_links(database, resource, publish, pipe=pipe)
    names = {"resource": str(resource), **publish.parameters}
    with open_cursor() as cursor:
        if resource is Resource.USERS:
            cursor.execute(read_sql(_HERE, "forget_places"), names)
        cursor.execute(read_sql(_HERE, "log_changes", table=table_of(resource)), names)
        cursor.execute(_upsert(resource), names)
        cursor.execute(read_sql(_HERE, "revive"), names)
        cursor.execute(read_sql(_HERE, "remove", table=table_of(resource)), names)
        if resource is Resource.USERS:
            cursor.execute(read_sql(_HERE, "note_places"), names)
        cursor.execute("drop table incoming, gone")
    return has_returned


def mark_stale(
    database: duckdb.DuckDBPyConnection, change_set: ChangeSet, publish: Publish, *, pipe: Path
) -> None:
    """Let the roster know which of its records have no usable row in this delivery."""
    names = {"source": publish.source_number, **publish.parameters}
    stale = [
        f"select '{resource}', servedId from \"stale_{resource}\""
        for resource in RESOURCES
        if resource in change_set.stale
    ]
    with open_cursor() as cursor:
        cursor.execute(read_sql(_HERE, "make_stale"))
        if stale:
            copy_rows(
                database,
                " union all ".join(stale),
                {},
                into="stale_ids",
                columns=("resource", "served_id"),
                pipe=pipe,
            )
        cursor.execute(read_sql(_HERE, "unmark_stale"), names)
        cursor.execute(read_sql(_HERE, "mark_stale"), names)
        cursor.execute("drop table stale_ids")


def _stage_changes(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    change_set: ChangeSet,
    publish: Publish,
    *,
    pipe: Path,
) -> None:
    columns = (*columns_of(resource), "uid")
    with open_cursor() as cursor:
        cursor.execute(
            read_sql(_HERE, "make_incoming", columns=_quoted(columns), table=table_of(resource))
        )
        cursor.execute(read_sql(_HERE, "make_ids", name="gone"))
    copy_rows(
        database,
        select_rows(
            resource, records=f'"becomes_{resource}"', renamed=change_set.renamed, with_uid=True
        ),
        publish.parameters,
        into="incoming",
        columns=columns,
        pipe=pipe,
    )
    gone = f'select servedId from "left_{resource}"'
    counts = change_set.counts[resource]
    copy_rows(
        database,
        gone if counts.abandon else "select null where false",
        {},
        into="gone",
        columns=("served_id",),
        pipe=pipe,
    )
    with open_cursor() as cursor:
        cursor.execute("analyze incoming, gone")


def _load_places(database: duckdb.DuckDBPyConnection, publish: Publish, *, pipe: Path) -> None:
    copy_rows(
        database,
        "select distinct $district as district, p.org, p.role, p.sourcedId from ("
        "select trim(unnest(string_split(n.orgSourcedIds, ','))) as org, n.role, n.sourcedId "
        'from "next_users" as n) as p order by p.org, p.role, p.sourcedId',
        {"district": publish.district_id},
        into="roster_user_org",
        columns=("district_id", "org_served_id", "role", "user_served_id"),
        pipe=pipe,
    )


def _upsert(resource: Resource) -> str:
    columns = columns_of(resource)
    changing = [column for column in columns if column not in ("district_id", "served_id")]
    return read_sql(
        _HERE,
        "upsert",
        table=table_of(resource),
        columns=_quoted(columns),
        incoming_columns=", ".join(f'incoming."{column}"' for column in columns),
        assignments=",\n        ".join(f'"{column}" = excluded."{column}"' for column in changing),
    )


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
