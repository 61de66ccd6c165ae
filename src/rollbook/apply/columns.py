"""How a field of the delivery, text in DuckDB, becomes a column of the roster, typed in PostgreSQL.

Everything goes through COPY in CSV, so the expressions give text that PostgreSQL reads as the type.
"""

from __future__ import annotations

from collections.abc import Collection

from rollbook.diff.naming import named_like
from rollbook.oneroster import Field, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql

_COMMON = ("district_id", "served_id", "sourced_id", "change_number", "date_last_modified")


def columns_of(resource: Resource) -> tuple[str, ...]:
    """Return the columns that a delivery fills, in the order of `select_rows`."""
    fields = tuple(field.column for field in _record_fields(resource))
    return (*_COMMON, *fields, "metadata")


def select_rows(
    resource: Resource, *, records: str, renamed: Collection[Resource] = (), with_uid: bool = False
) -> str:
    """Return the DuckDB query of records as rows of the roster.

    Here the ids of the source become the ids that are served: of the record and of what it names.

    Args:
        records: A relation with the resource's fields, unique by `sourcedId`.
        renamed: Resources of which some ids are served under another, in `served_<resource>`.
        with_uid: Give the uid as last column: known of records that are served under it, else null.

    Parameters of the query are $district, $number and $moment.
    """
    joins: list[str] = []
    own, uid = "n.sourcedId", "null"
    if (named := named_like(resource)) in renamed:
        joins.append(f'left join "served_{named}" as own on n.sourcedId = own.sourcedId')
        own = f"coalesce(own.servedId, {own})"
        uid = "try_cast(own.servedId as uuid)::varchar" if named is resource else uid
    fields = [_as_text(field, records, renamed, joins) for field in _record_fields(resource)]
    values = ["$district", own, "n.sourcedId", "$number", "$moment", *fields, "n.metadata"]
    values += [uid] if with_uid else []
    return f"select {', '.join(values)} from {records} as n {' '.join(joins)} order by {own}"


def _record_fields(resource: Resource) -> list[Field]:
    return [field for field in fields_of(resource) if field.is_kept and field.kind is not Kind.ID]


def _as_text(field: Field, records: str, renamed: Collection[Resource], joins: list[str]) -> str:
    value, alias = f'n."{field.name}"', f'"x_{field.name}"'
    if field.refers_to in renamed:
        served = f'"served_{field.refers_to}"'
        if field.is_list:
            names = {"records": records, "field": field.name, "served": served}
            served = f"({read_sql('rollbook.apply', 'served_lists', **names)})"
        on = "n.sourcedId" if field.is_list else value
        joins.append(f"left join {served} as {alias} on {on} = {alias}.sourcedId")
        value = f"coalesce({alias}.servedId, {value})"
    return as_array(value, kind=field.kind) if field.is_list else value


def as_array(value: str, *, kind: Kind) -> str:
    """Return the DuckDB expression that turns a comma list into a PostgreSQL array literal."""
    element = "trim(element)"
    if kind is Kind.TYPED_IDS:  # {LDAP:mchen} is kept as LDAP:mchen
        element = "trim(element, ' {}')"
    escaped = rf"""replace(replace({element}, '\', '\\'), '"', '\"')"""
    elements = (
        f"list_transform(list_filter(string_split({value}, ','), lambda element: "
        f"""trim(element) <> ''), lambda element: '"' || {escaped} || '"')"""
    )
    return f"'{{' || coalesce(array_to_string({elements}, ','), '') || '}}'"
