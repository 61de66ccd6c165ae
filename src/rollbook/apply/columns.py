"""How a field of the delivery, text in DuckDB, becomes a column of the roster, typed in PostgreSQL.

Everything goes through COPY in CSV, so the expressions give text that PostgreSQL reads as the type.
"""

from __future__ import annotations

from rollbook.oneroster import Field, Kind, Resource, fields_of

_COMMON = ("district_id", "served_id", "sourced_id", "change_number", "date_last_modified")


def columns_of(resource: Resource) -> tuple[str, ...]:
    """Return the columns that a delivery fills, in the order of `select_row`."""
    fields = tuple(field.column for field in _record_fields(resource))
    return (*_COMMON, *fields, "metadata")


def select_row(resource: Resource, *, record: str) -> str:
    """Return the select list of a record in a DuckDB query; the three constants are parameters.

    Args:
        record: Alias of a relation with the resource's fields.

    Parameters of the query are $district, $number and $moment.
    """
    fields = [_as_text(field, record) for field in _record_fields(resource)]
    common = ("$district", f"{record}.sourcedId", f"{record}.sourcedId", "$number", "$moment")
    return ", ".join([*common, *fields, f"{record}.metadata"])


def _record_fields(resource: Resource) -> list[Field]:
    return [field for field in fields_of(resource) if field.is_kept and field.kind is not Kind.ID]


def _as_text(field: Field, record: str) -> str:
    value = f'{record}."{field.name}"'
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
