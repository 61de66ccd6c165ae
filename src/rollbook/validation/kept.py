"""Published records that stay although the delivery has no usable row for them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from rollbook.oneroster import Field, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql
from rollbook.validation.rules import references_of
from rollbook.validation.standing import has_rows

_HERE = "rollbook.validation"


@dataclass(frozen=True, slots=True)
class Staying:
    """Where records that stay are found, by the first part of a table's name.

    Attributes:
        published: The records as they are.
        among: Which of them are asked about.
        standing: What may be referred to.
        pruned: Where lists of links without what goes are kept.
    """

    published: str = "published"
    among: str = "kept"
    standing: str = "standing"
    pruned: str = "pruned"


def define_kept(database: duckdb.DuckDBPyConnection, resource: Resource, *, among: str) -> None:
    """Make the tables of published records that stay, and of those that are in doubt.

    Args:
        among: `set_aside`: those with a row that does not go on. `published`: all, because the
            file is absent or a row without a readable id may have been about any of them.
    """
    if not has_rows(database, f"{among}_{resource}"):
        for name in ("doubtful", "kept"):
            database.execute(f'create or replace table "{name}_{resource}" (sourcedId varchar)')
        return
    names = {"resource": resource, "candidates": among}
    doubts = [_doubt(field) for field in _outward(resource)]
    in_doubt = " or ".join(doubts) or "false"
    loosely = needs_of(resource, Staying(among=among, standing="known"))
    database.execute(
        read_sql(_HERE, "kept", name="doubtful", needs=loosely, is_asked=in_doubt, **names)
    )
    strictly = needs_of(resource, Staying(among=among))
    database.execute(
        read_sql(_HERE, "kept", name="kept", needs=strictly, is_asked=f"not ({in_doubt})", **names)
    )


def define_restated(database: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    """Make the view of the kept records as they will be; most often it is empty."""
    if not has_rows(database, f"kept_{resource}"):
        kept = [field for field in fields_of(resource) if field.is_kept]
        columns = ", ".join([*(f'"{field.name}"' for field in kept), "metadata"])
        database.execute(
            f'create or replace view "restated_{resource}" as '
            f'select {columns} from "published_{resource}" where false'
        )
        return
    select = restated_sql(database, resource, Staying())
    database.execute(f'create or replace view "restated_{resource}" as {select}')


def restated_sql(database: duckdb.DuckDBPyConnection, resource: Resource, staying: Staying) -> str:
    """Return the select of records that stay, as they will be: without links to what goes."""
    values, joins = [], []
    for field in fields_of(resource):
        if field.is_kept:
            value, join = _restate(database, field, staying)
            values.append(f'{value} as "{field.name}"')
            joins.append(join)
    return read_sql(
        _HERE,
        "restated",
        published=f"{staying.published}_{resource}",
        kept=f"{staying.among}_{resource}",
        fields=", ".join(values),
        joins="\n".join(joins),
    )


def needs_of(resource: Resource, staying: Staying) -> str:
    """Return the joins that let a record `p` stay only while what it cannot be without stays."""
    return "\n".join(_need(field, staying) for field in _outward(resource) if field.required)


def _outward(resource: Resource) -> list[Field]:
    return [field for field in references_of(resource) if field.refers_to is not resource]


def _doubt(field: Field) -> str:
    """Return the condition that a record `p` names what is published and does not stand."""
    missing = f'(select m.sourcedId from "missing_{field.refers_to}" as m)'
    if not field.is_list:
        return f'coalesce(p."{field.name}" in {missing}, false)'
    elements = f"list_transform(string_split(p.\"{field.name}\", ','), lambda it: trim(it))"
    gone = f'(select coalesce(list(m.sourcedId), []) from "missing_{field.refers_to}" as m)'
    return f"coalesce(list_has_any({elements}, {gone}), false)"


def _need(field: Field, staying: Staying) -> str:
    standing = f'"{staying.standing}_{field.refers_to}"'
    if not field.is_list:
        alias = f"s_{field.name}"
        return f'semi join {standing} as {alias} on p."{field.name}" = {alias}.sourcedId'
    known = (
        f"select e.sourcedId from {_elements(field, staying)} as e "
        f"semi join {standing} as s on e.value = s.sourcedId "
        f'union all select p.sourcedId from "{staying.published}_{field.resource}" as p '
        f'where p."{field.name}" is null'
    )
    return f"semi join ({known}) as e_{field.name} on p.sourcedId = e_{field.name}.sourcedId"


def _restate(
    database: duckdb.DuckDBPyConnection, field: Field, staying: Staying
) -> tuple[str, str]:
    """Return the value of a field of a record that stays, and the join that it takes."""
    published, alias = f'p."{field.name}"', f"x_{field.name}"
    if field.resource is Resource.USERS and field.name == "enabledUser":
        # What takes access away counts even in a bad row.
        curtailed = "select distinct u.sourcedId from users as u where u.enabledUser = 'false'"
        join = f"left join ({curtailed}) as {alias} on p.sourcedId = {alias}.sourcedId"
        return f"if({alias}.sourcedId is null, {published}, 'false')", join
    if field.kind is Kind.REF and not field.required:
        standing = f'"{staying.standing}_{field.refers_to}"'
        join = f"left join {standing} as {alias} on {published} = {alias}.sourcedId"
        return f"if({alias}.sourcedId is null, null, {published})", join
    if field.kind is Kind.REFS:
        pruned = f'"{staying.pruned}_{field.resource}_{field.name}"'
        database.execute(
            read_sql(
                _HERE,
                "pruned",
                name=pruned,
                elements=_elements(field, staying),
                standing=f"{staying.standing}_{field.refers_to}",
            )
        )
        join = f"left join {pruned} as {alias} on p.sourcedId = {alias}.sourcedId"
        return f"if({alias}.sourcedId is null, {published}, {alias}.value)", join
    return published, ""


def _elements(field: Field, staying: Staying) -> str:
    return read_sql(
        _HERE,
        "published_many",
        published=f"{staying.published}_{field.resource}",
        among=f"{staying.among}_{field.resource}",
        field=field.name,
    )
