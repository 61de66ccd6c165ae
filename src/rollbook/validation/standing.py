"""From checked rows to records that stand: what replaces values, and what remains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import duckdb

from rollbook.oneroster import Field, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Snapshot, StagedRoster
from rollbook.validation.rules import named

_HERE = "rollbook.validation"


def present_published(
    database: duckdb.DuckDBPyConnection, resource: Resource, published: Snapshot | None
) -> None:
    """Create the view of the last snapshot; without one it is empty and of the same shape."""
    select = _records_of(database, resource, published)
    database.execute(f'create or replace view "published_{resource}" as {select}')


def present_others(
    database: duckdb.DuckDBPyConnection, resource: Resource, others: Sequence[Snapshot]
) -> None:
    """Create the view of what other sources have published, with `source`, its place in order."""
    selects = [
        f"select *, {place} as source from ({_records_of(database, resource, other)})"
        for place, other in enumerate([*others, None])
        if other is None or resource in other.files
    ]
    union = " union all ".join(selects)
    database.execute(f'create or replace view "others_{resource}" as {union}')


def _records_of(
    database: duckdb.DuckDBPyConnection, resource: Resource, snapshot: Snapshot | None
) -> str:
    """Return the select of a snapshot's records; it may be older than a field, which is empty."""
    names = [*(field.name for field in _kept(resource)), "metadata"]
    source, there = "", set[str]()
    if snapshot and resource in snapshot.files:
        path = str(snapshot.files[resource]).replace("'", "''")
        source = f"from read_parquet('{path}')"
        described = database.execute(f"select * {source} limit 0").description
        there = {column[0] for column in described}
    columns = [f'"{name}"' if name in there else f'null::varchar as "{name}"' for name in names]
    return f"select {', '.join(columns)} {source or 'where false'}"


def present_absent(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Let a resource without a file be an empty table, so that rules need not ask."""
    columns = [f'null::varchar as "{field.name}"' for field in fields_of(resource)]
    place = ["null::bigint as row", "null::varchar as file", "null::bigint as record"]
    select = ", ".join([*place, *columns, "null::varchar as metadata"])
    database.execute(f'create or replace view "{resource}" as select {select} where false')


def fill_in_columns(
    database: duckdb.DuckDBPyConnection,
    resource: Resource,
    staged: StagedRoster,
) -> None:
    """Let an optional column that the file lacks say what is published: it is "not stated".

    Done before any rule runs, so that what it refers to is checked like everything else. Most
    columns that a file lacks were never published either; joining all records for those would make
    each rule of each night dearer.
    """
    missing = _published_at_all(database, resource, staged.files[resource].unstated)
    if missing:
        stated = ", ".join(f'coalesce(t."{name}", p."{name}") as "{name}"' for name in missing)
        database.execute(f'alter view "{resource}" rename to "stated_{resource}"')
        database.execute(
            f'create or replace view "{resource}" as select t.* replace ({stated}) '
            f'from "stated_{resource}" as t '
            f'left join "published_{resource}" as p on t.sourcedId = p.sourcedId'
        )


def _published_at_all(
    database: duckdb.DuckDBPyConnection, resource: Resource, names: Iterable[str]
) -> list[str]:
    """Return the fields of which some published record has a value."""
    ordered = sorted(names)
    if not ordered:
        return []
    counts = ", ".join(f'count("{name}")' for name in ordered)
    row = database.execute(f'select {counts} from "published_{resource}"').fetchone() or ()
    return [name for name, count in zip(ordered, row, strict=True) if count]


def define_valid(
    database: duckdb.DuckDBPyConnection, resource: Resource, repaired: Mapping[Field, str]
) -> None:
    """Make the views of the rows that go on, with what stands in for values that cannot be used."""
    values, joins = [], []
    for field in _kept(resource):
        value = f't."{field.name}"'
        if field in repaired:
            table = repaired[field]
            joins.append(f'left join "{table}" on t.row = "{table}".row')
            value = f'if("{table}".row is null, {value}, "{table}".value)'
        values.append(f'{value} as "{field.name}"')
    names = {"fields": ", ".join(values), "joins": "\n".join(joins)}
    database.execute(read_sql(_HERE, "valid_rows", resource=resource, **names))
    columns = ", ".join([*(f'"{field.name}"' for field in _kept(resource)), "metadata"])
    database.execute(
        f'create or replace view "valid_{resource}" as '
        f'select {columns} from "valid_rows_{resource}"'
    )


def define_live(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Make the view of all records as they will be, with their place in the files, if any."""
    database.execute(
        f'create or replace view "live_{resource}" as '
        f'select * from "valid_rows_{resource}" union all by name '
        f"select *, null::bigint as row, null::varchar as file, null::bigint as record "
        f'from "restated_{resource}"'
    )


def repair(
    database: duckdb.DuckDBPyConnection, resource: Resource, *, to_itself: bool = True
) -> dict[Field, str]:
    """Make a table for each field that has values which cannot be used; name them by field.

    Args:
        to_itself: Repair links within the resource, too. It must be known then what stands of it.
    """
    rows = database.execute(
        "select distinct field from findings where resource = ? and severity = 'warning' "
        "and row is not null and drops_value",
        [resource],
    ).fetchall()
    names = {name for (name,) in rows}
    return {
        field: _repair(database, field)
        for field in _kept(resource)
        if field.name in names and (to_itself or field.refers_to is not resource)
    }


def has_unreadable_row(database: duckdb.DuckDBPyConnection, resource: Resource) -> bool:
    """Whether there is a row of which not even the id is known."""
    row = database.execute(
        "select 1 from findings where resource = ? and severity = 'error' and record > 1 "
        "and sourcedId is null limit 1",
        [resource],
    ).fetchone()
    return row is not None


def has_rows(database: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether there is anything in a table or view."""
    return database.execute(f'select 1 from "{table}" limit 1').fetchone() is not None


def _repair(database: duckdb.DuckDBPyConnection, field: Field) -> str:
    """Make the table of what stands in for values that cannot be used, and return its name."""
    names = {"resource": field.resource, "field": field.name, "target": field.refers_to}
    if field.is_list and field.refers_to:
        database.execute(read_sql(_HERE, "repair_many", named=named(field), **names))
    else:
        published = f'p."{field.name}"'
        if field.refers_to:
            standing = f'select s.sourcedId from "standing_{field.refers_to}" as s'
            published = f"case when {published} in ({standing}) then {published} end"
        database.execute(read_sql(_HERE, "repair_one", value=published, **names))
    return f"repair_{field.resource}_{field.name}"


def _kept(resource: Resource) -> list[Field]:
    return [field for field in fields_of(resource) if field.is_kept]
