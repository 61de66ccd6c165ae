"""Links under the ids that records go on with.

Most often nothing is translated, and a table stands for itself: the functions say under which name
the records are to be found.
"""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from rollbook.diff.columns import kept_fields
from rollbook.oneroster import Field, Kind, Resource
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.diff"
_FORTH = ("was", "sourcedId")
_BACK = ("sourcedId", "was")


def link_published(
    database: duckdb.DuckDBPyConnection, resource: Resource, *, rekeyed: Collection[Resource]
) -> str:
    """Translate links of published records to parents that go on under another id."""
    return _with_parents(database, resource, "published", "linked", "rekeys", rekeyed)


def link_delivered(
    database: duckdb.DuckDBPyConnection, resource: Resource, *, waiting: Collection[Resource]
) -> str:
    """Translate links of delivered records to parents whose new id waits: they mean the old one."""
    return _with_parents(database, resource, "delivered", "given", "waiting", waiting)


def rename_published(
    database: duckdb.DuckDBPyConnection, resource: Resource, *, linked: str
) -> None:
    """Make `before_<resource>` of records some of which go on under another id."""
    columns, joins = _with_own(resource, linked, "rekeys")
    _define(database, "renamed", "before", resource, columns, joins, source=linked)


def rename_delivered(database: duckdb.DuckDBPyConnection, resource: Resource, *, given: str) -> str:
    """Let delivered records whose new id waits have the old one."""
    columns, joins = _with_own(resource, given, "waiting")
    _define(database, "translated", "coming", resource, columns, joins, source=given)
    return "coming"


def _with_parents(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    source: str,
    name: str,
    mapping: str,
    mapped: Collection[Resource],
) -> str:
    columns, joins = [], []
    for field in kept_fields(resource):
        value, join = f'p."{field.name}"', ""
        is_parent = field.refers_to is not resource and field.kind is not Kind.ID
        if is_parent and field.refers_to in mapped:
            value, join = _translate(field, source, mapping)
        columns.append(f'{value} as "{field.name}"')
        joins.append(join)
    if not any(joins):
        return source
    _define(database, "translated", name, resource, columns, joins, source=source)
    return name


def _with_own(resource: Resource, source: str, mapping: str) -> tuple[list[str], list[str]]:
    columns, joins = [], []
    for field in kept_fields(resource):
        value, join = f'p."{field.name}"', ""
        if field.kind is Kind.ID:
            old, new = _direction(mapping)
            value = f"coalesce(own.{new}, p.sourcedId)"
            join = f'left join "{mapping}_{resource}" as own on p.sourcedId = own.{old}'
        elif field.refers_to is resource:
            value, join = _translate(field, source, mapping)
        columns.append(f'{value} as "{field.name}"')
        joins.append(join)
    return columns, joins


def _translate(field: Field, source: str, mapping: str) -> tuple[str, str]:
    """Return the value of a link under another id, and the join it takes."""
    value, alias = f'p."{field.name}"', f'"x_{field.name}"'
    target, (old, new) = f'"{mapping}_{field.refers_to}"', _direction(mapping)
    if not field.is_list:
        join = f"left join {target} as {alias} on {value} = {alias}.{old}"
        return f"coalesce({alias}.{new}, {value})", join
    select = read_sql(
        _HERE,
        "translate_many",
        table=f"{source}_{field.resource}",
        field=field.name,
        mapping=target,
        old=old,
        new=new,
    )
    join = f"left join ({select}) as {alias} on p.sourcedId = {alias}.sourcedId"
    return f"coalesce({alias}.value, {value})", join


def _direction(mapping: str) -> tuple[str, str]:
    return _FORTH if mapping == "rekeys" else _BACK


def _define(
    database: duckdb.DuckDBPyConnection,
    statement: str,
    name: str,
    resource: Resource,
    columns: list[str],
    joins: list[str],
    *,
    source: str,
) -> None:
    select = read_sql(
        _HERE,
        statement,
        source=f"{source}_{resource}",
        resource=resource,
        columns=",\n    ".join([*columns, "p.metadata"]),
        joins="\n".join(filter(None, joins)),
    )
    database.execute(f'create or replace table "{name}_{resource}" as {select}')
