"""A record as JSON: an SQL expression made from the field table.

The text of an object is joined from its properties, each with its comma in front, and one that has
nothing to say is null and so leaves no trace: no nulls, empty texts or empty lists reach an
application. PostgreSQL joins texts twice as fast as it builds and strips JSON values.

Expressions read a row `r`; `%(root)s` is the address of the service, already fit for a JSON text.

Source: OneRoster 1.1 REST, JSON models; fact base section 16.
"""

from __future__ import annotations

from rollbook.oneroster import Field, Kind, Resource, Version, fields_of
from rollbook.provider.grants import Coverage, is_granted

# References without which nobody would see the record that holds them: see `grants.py`.
_SEEN_WITH_THE_RECORD = {
    (Resource.ACADEMIC_SESSIONS, "parent"),
    (Resource.CLASSES, "course"),
    (Resource.CLASSES, "terms"),
    (Resource.ENROLLMENTS, "class"),
    (Resource.ENROLLMENTS, "user"),
}
# Some readers want it in every enrollment, and a teacher of whom nothing is said is not primary.
_WHEN_NOT_STATED = {(Resource.ENROLLMENTS, "primary"): "false"}

_UNRESERVED = "'^[A-Za-z0-9._~-]+$'"


def record_json(resource: Resource, version: Version, coverage: Coverage, *, removed: bool) -> str:
    """Return the expression for one whole record.

    Args:
        coverage: Whether references must be looked up, to leave out those to what is not granted.
        removed: The row is of a tombstone `t`.
    """
    status, modified = (
        ("tobedeleted", "t.removed_at") if removed else ("active", "r.date_last_modified")
    )
    properties = [
        _property("metadata", "nullif(jsonb_strip_nulls(r.metadata)::text, '{}')"),
        *(
            _property(field.rest_name, _value(field, _guard(field, coverage, removed=removed)))
            for field in fields_of(resource, version)
            if field.is_kept and field.kind is not Kind.ID
        ),
    ]
    return " || ".join([_opening("r.served_id", status, modified), *properties, "'}'"])


def bare_json(served_id: str, modified: str) -> str:
    """Return the expression for a record of which only the absence may be told."""
    return _opening(served_id, "tobedeleted", modified) + " || '}'"


def _opening(served_id: str, status: str, modified: str) -> str:
    instant = f"""to_char({modified} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""
    return (
        f"""'{{"sourcedId":' || {_text(served_id)}"""
        f""" || ',"status":"{status}","dateLastModified":"' || {instant} || '"'"""
    )


def _property(name: str, value: str) -> str:
    return f"""coalesce(',"{name}":' || {value}, '')"""


def _guard(field: Field, coverage: Coverage, *, removed: bool) -> str | None:
    """Return the condition that `v`, named by a reference, is granted; None where that is sure."""
    if field.refers_to is None or (field.resource, field.rest_name) in _SEEN_WITH_THE_RECORD:
        return None
    if coverage is Coverage.WHOLE and not removed:
        return None
    return is_granted(field.refers_to, "{v}", when_removed=removed)


def _value(field: Field, guard: str | None) -> str:
    column = f'r."{field.column}"'
    match field.kind:
        case Kind.BOOLEAN:
            return _boolean(column, _WHEN_NOT_STATED.get((field.resource, field.rest_name)))
        case Kind.DATE:
            return f"to_json({column})::text"
        case Kind.LIST:
            return f"to_json(nullif(array_remove({column}, ''), '{{}}'))::text"
        case Kind.TYPED_IDS:
            return _typed_ids(column)
        case Kind.REF if field.refers_to:
            return _reference(field.refers_to, column, guard)
        case Kind.REFS if field.refers_to:
            return _references(field.refers_to, column, guard)
        case _:
            return _text(f"nullif({column}, '')")


def _text(value: str) -> str:
    return f"to_json({value})::text"


def _boolean(column: str, when_not_stated: str | None) -> str:
    """Return a boolean as the text that the standard wants."""
    otherwise = f"""'"{when_not_stated}"'""" if when_not_stated else "null"
    true, false = """'"true"'""", """'"false"'"""
    return f"case when {column} then {true} when not {column} then {false} else {otherwise} end"


def _typed_ids(column: str) -> str:
    """Return `{type:identifier}` texts as objects; the first colon divides them."""
    pair = (
        """'{"type":' || to_json(split_part(v, ':', 1))::text"""
        """ || ',"identifier":' || to_json(substr(v, strpos(v, ':') + 1))::text || '}'"""
    )
    return _list(
        column, f"select string_agg({pair}, ',') from unnest({column}) as v where v ~ '.:.'"
    )


def _reference(target: Resource, column: str, guard: str | None) -> str:
    reference = _guid_ref(target, column)
    return f"case when {guard.replace('{v}', column)} then {reference} end" if guard else reference


def _references(target: Resource, column: str, guard: str | None) -> str:
    several = f"select string_agg({_guid_ref(target, 'v')}, ',') from unnest({column}) as v"
    if guard:
        return _list(column, f"{several} where {guard.replace('{v}', 'v')}")
    # Most lists of references hold one, and a sub-select for each row has its price.
    one = _guid_ref(target, f"{column}[1]")
    return f"'[' || case cardinality({column}) when 1 then {one} else ({several}) end || ']'"


def _list(column: str, elements: str) -> str:
    return f"'[' || case when {column} <> '{{}}' then ({elements}) end || ']'"


def _guid_ref(target: Resource, served_id: str) -> str:
    """Return a reference of three properties. Source: OneRoster 1.1 REST, GUIDRef."""
    segment = (
        f"""case when {served_id} collate "C" ~ {_UNRESERVED} then {served_id}"""
        f""" else rollbook_percent_encode({served_id}) end"""
    )
    return (
        f"""('{{"href":"' || %(root)s || '/{target}/' || {segment}"""
        f""" || '","sourcedId":' || {_text(served_id)}"""
        f""" || ',"type":"{target.singular}"}}')"""
    )
