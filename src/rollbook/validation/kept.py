"""Published records that stay although the delivery has no usable row for them."""

from __future__ import annotations

import duckdb

from rollbook.oneroster import Field, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.validation.rules import references_of

_HERE = "rollbook.validation"


def define_kept(database: duckdb.DuckDBPyConnection, resource: Resource, *, among: str) -> None:
    """Make the table of published records that stay.

    Args:
        among: `set_aside`: those with a row that does not go on. `published`: all, because the
            file is absent or a row without a readable id may have been about any of them.
    """
    needs = [
        _need(field, among=among)
        for field in references_of(resource)
        if field.required and field.refers_to is not resource
    ]
    database.execute(
        read_sql(_HERE, "kept", resource=resource, candidates=among, needs="\n".join(needs))
    )


def define_restated(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Make the view of the kept records as they will be; most often it is empty."""
    kept = [field for field in fields_of(resource) if field.is_kept]
    row = database.execute(f'select 1 from "kept_{resource}" limit 1').fetchone()
    if row is None:
        columns = ", ".join([*(f'"{field.name}"' for field in kept), "metadata"])
        database.execute(
            f'create or replace view "restated_{resource}" as '
            f'select {columns} from "published_{resource}" where false'
        )
        return
    values, joins = [], []
    for field in kept:
        value, join = _restate(database, field)
        values.append(f'{value} as "{field.name}"')
        joins.append(join)
    database.execute(
        read_sql(
            _HERE, "restated", resource=resource, fields=", ".join(values), joins="\n".join(joins)
        )
    )


def _need(field: Field, *, among: str) -> str:
    """Return the join that lets a record stay only while what it cannot be without stays."""
    standing = f'"standing_{field.refers_to}"'
    if not field.is_list:
        alias = f"s_{field.name}"
        return f'semi join {standing} as {alias} on p."{field.name}" = {alias}.sourcedId'
    known = (
        f"select e.sourcedId from {_elements(field, among=among)} as e "
        f"semi join {standing} as s on e.value = s.sourcedId "
        f'union all select p.sourcedId from "published_{field.resource}" as p '
        f'where p."{field.name}" is null'
    )
    return f"semi join ({known}) as e_{field.name} on p.sourcedId = e_{field.name}.sourcedId"


def _restate(database: duckdb.DuckDBPyConnection, field: Field) -> tuple[str, str]:
    """Return the value of a field of a kept record, and the join that it takes."""
    published, alias = f'p."{field.name}"', f"x_{field.name}"
    if field.resource is Resource.USERS and field.name == "enabledUser":
        # What takes access away counts even in a bad row.
        curtailed = "select distinct u.sourcedId from users as u where u.enabledUser = 'false'"
        join = f"left join ({curtailed}) as {alias} on p.sourcedId = {alias}.sourcedId"
        return f"if({alias}.sourcedId is null, {published}, 'false')", join
    if field.kind is Kind.REF and not field.required:
        standing = f'"standing_{field.refers_to}"'
        join = f"left join {standing} as {alias} on {published} = {alias}.sourcedId"
        return f"if({alias}.sourcedId is null, null, {published})", join
    if field.kind is Kind.REFS:
        elements = _elements(field, among="kept")
        names = {"resource": field.resource, "field": field.name, "target": field.refers_to}
        database.execute(read_sql(_HERE, "pruned", elements=elements, **names))
        pruned = f'"pruned_{field.resource}_{field.name}"'
        join = f"left join {pruned} as {alias} on p.sourcedId = {alias}.sourcedId"
        return f"if({alias}.sourcedId is null, {published}, {alias}.value)", join
    return published, ""


def _elements(field: Field, *, among: str) -> str:
    return read_sql(_HERE, "published_many", resource=field.resource, field=field.name, among=among)
