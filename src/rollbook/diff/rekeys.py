"""Recognise records that go on under another id, so that nobody takes them for gone and new.

A change set stays what it is: there a re-key is a removal and an addition. What is found here is a
second view of it, for whoever shows the changes.
"""

from __future__ import annotations

import duckdb

from rollbook.diff.data import ChangeSet, RekeyedChanges, RekeyedCounts
from rollbook.oneroster import RESOURCES, Field, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.diff"
# What is left of an id without letters and zeros before its number: `12` of `S-0012`. An id without
# a number stands for itself.
_NUMBER = (
    "coalesce(nullif(regexp_replace(p.sourcedId, '^[^1-9]*', ''), ''), "
    "ltrim(lower(p.sourcedId), '0'))"
)


def find_rekeys(change_set: ChangeSet) -> RekeyedChanges:
    """Find the records that only got another id, and compare again as if they had had it before.

    Resources are taken parents first: links to re-keyed records are translated before the records
    that have them are looked at, so an enrollment of a re-keyed student is the same enrollment.

    Source: design, "Re-key".
    """
    counts = {}
    with change_set.workspace.connect() as database:
        for resource in RESOURCES:
            _define_linked(database, resource)
            _match(database, resource)
            _define_before(database, resource)
            database.execute(
                read_sql(_HERE, "compared", resource=resource, differs=_differs(resource))
            )
            counts[resource] = _count(database, resource)
    return RekeyedChanges(workspace=change_set.workspace, counts=counts)


def _match(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Fill the table of re-keyed records of one resource."""
    database.execute(read_sql(_HERE, "rekeys", resource=resource))
    if not _has_both_removed_and_added(database, resource):
        return
    own_id = fields_of(resource)[0]
    if own_id.refers_to:
        database.execute(
            read_sql(_HERE, "rekeys_that_follow", resource=resource, target=own_id.refers_to)
        )
        return
    if resource is Resource.USERS:
        _match_people(database)
    # A place in a class is what it links, whatever its id; elsewhere the ids must be alike too.
    links = {field.refers_to for field in fields_of(resource) if field.required}
    is_link = Resource.USERS in links
    database.execute(
        read_sql(
            _HERE,
            "rekeys_by_id",
            resource=resource,
            number="null" if is_link else _NUMBER,
            content=_content(resource),
            evidence="same content" if is_link else "id written otherwise",
        )
    )


def _match_people(database: duckdb.DuckDBPyConnection) -> None:
    before = {"users": "published_users", "demographics": "published_demographics"}
    after = {"users": "next_users", "demographics": "next_demographics"}
    database.execute(read_sql(_HERE, "person_keys", name="person_keys_before", **before))
    database.execute(read_sql(_HERE, "person_keys", name="person_keys_after", **after))
    database.execute(read_sql(_HERE, "rekeys_of_users"))


def _has_both_removed_and_added(database: duckdb.DuckDBPyConnection, resource: Resource) -> bool:
    row = database.execute(
        f"select bool_or(change = 'create') and bool_or(change = 'abandon') "
        f'from "changes_{resource}"'
    ).fetchone()
    return row == (True,)


def _content(resource: Resource) -> str:
    """Return everything a record says but its id and its links to records of its own kind."""
    names = [
        field.name
        for field in _kept(resource)
        if field.kind is not Kind.ID and field.refers_to is not resource
    ]
    return f"to_json([{', '.join(f'p.{_quoted(name)}' for name in [*names, 'metadata'])}])::varchar"


def _define_linked(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    columns, joins = [], []
    for field in _kept(resource):
        is_link = field.refers_to not in (None, resource) and field.kind is not Kind.ID
        value, join = _translate(database, field, "published") if is_link else (_of_p(field), "")
        columns.append(f'{value} as "{field.name}"')
        joins.append(join)
    _define(database, "linked", resource, [*columns, "p.metadata"], joins)


def _define_before(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    columns, joins = [], []
    for field in _kept(resource):
        value, join = _of_p(field), ""
        if field.kind is Kind.ID:
            value = "coalesce(r.sourcedId, p.sourcedId)"
        elif field.refers_to is resource:
            value, join = _translate(database, field, "linked")
        columns.append(f'{value} as "{field.name}"')
        joins.append(join)
    _define(database, "before", resource, [*columns, "p.metadata"], joins)


def _define(
    database: duckdb.DuckDBPyConnection,
    name: str,
    resource: Resource,
    columns: list[str],
    joins: list[str],
) -> None:
    """Make a table where something was translated, else a view: most often nothing is."""
    kind = "table" if any(joins) else "view"
    select = read_sql(
        _HERE,
        name,
        resource=resource,
        columns=",\n    ".join(columns),
        joins="\n".join(joins).strip(),
    )
    database.execute(f'create or replace {kind} "{name}_{resource}" as {select}')


def _translate(database: duckdb.DuckDBPyConnection, field: Field, table: str) -> tuple[str, str]:
    """Return the value of a link under the ids records go on with, and the join it takes."""
    value = _of_p(field)
    rekeys = f'"rekeys_{field.refers_to}"'
    if database.execute(f"select 1 from {rekeys} limit 1").fetchone() is None:
        return value, ""
    alias = f'"x_{field.name}"'
    if field.is_list:
        select = read_sql(
            _HERE,
            "translate_many",
            table=f"{table}_{field.resource}",
            field=field.name,
            target=field.refers_to,
        )
        join = f"left join ({select}) as {alias} on p.sourcedId = {alias}.sourcedId"
        return f"coalesce({alias}.value, {value})", join
    return (
        f"coalesce({alias}.sourcedId, {value})",
        f"left join {rekeys} as {alias} on {value} = {alias}.was",
    )


def _kept(resource: Resource) -> list[Field]:
    return [field for field in fields_of(resource) if field.is_kept]


def _of_p(field: Field) -> str:
    return f'p."{field.name}"'


def _quoted(name: str) -> str:
    return f'"{name}"'


def _differs(resource: Resource) -> str:
    names = [*(field.name for field in _kept(resource)[1:]), "metadata"]
    return "\n    or ".join(f'n."{name}" is distinct from p."{name}"' for name in names)


def _count(database: duckdb.DuckDBPyConnection, resource: Resource) -> RekeyedCounts:
    row = database.execute(read_sql(_HERE, "compared_counts", resource=resource)).fetchone()
    return RekeyedCounts(*(row or (0, 0, 0, 0)))
