"""Which rules look at which field: the rule files joined with the field table, as ready SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rollbook.oneroster import Field, Kind, Resource, fields_of
from rollbook.sqlfiles import read_sql

_OF_KIND = {
    Kind.ID: ("missing", "too_long", "unusual_id", "duplicate", "repeated"),
    Kind.ENUM: ("unknown_value",),
    Kind.BOOLEAN: ("unknown_value",),
    Kind.DATE: ("not_a_date",),
    Kind.YEAR: ("not_a_year",),
}
_OF_ONE_RESOURCE = {Resource.ACADEMIC_SESSIONS: (("endDate", "ends_before_start"),)}


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule about one field, ready to run: a select of the bad rows."""

    code: str
    sql: str


def rules_of_rows(resource: Resource) -> Iterator[CompiledRule]:
    """Yield the rules that need nothing but the rows of one file."""
    for field in fields_of(resource):
        if field.required and field.kind is not Kind.ID:
            yield _compile("missing", field)
        for problem in _OF_KIND.get(field.kind, ()):
            yield _compile(problem, field)
    for name, problem in _OF_ONE_RESOURCE.get(resource, ()):
        yield CompiledRule(f"{resource}.{name}.{problem}", _read(problem))


def rules_of_references(resource: Resource, *, to_itself: bool) -> Iterator[CompiledRule]:
    """Yield the rules about references, either to earlier resources or within the resource."""
    for field in references_of(resource):
        if (field.refers_to is resource) is to_itself:
            yield _compile("unknown", field)
            yield _compile("set_aside", field)
            if field.is_list and field.required:
                yield _compile("none_known", field)


def references_of(resource: Resource) -> tuple[Field, ...]:
    """Return the fields of a resource that name other records; demographics name their user."""
    return tuple(field for field in fields_of(resource) if field.refers_to)


def named(field: Field) -> str:
    """Return a subquery of the records that a field names: file, record, sourcedId, value."""
    name = "named_many" if field.is_list else "named_one"
    return read_sql("rollbook.validation", name, resource=field.resource, field=field.name)


def _compile(problem: str, field: Field) -> CompiledRule:
    words = field.values or ("true", "false")
    columns = [f't."{other.name}"' for other in fields_of(field.resource) if other.is_kept]
    sql = _read(
        problem,
        resource=field.resource,
        field=field.name,
        target=field.refers_to,
        values=", ".join(f"'{word}'" for word in words),
        choices=", ".join(words),
        columns=", ".join([*columns, "t.metadata", "coalesce(t.status, 'active')"]),
        named=named(field) if field.refers_to else "",
    )
    return CompiledRule(f"{field.resource}.{field.name}.{problem}", sql)


def _read(problem: str, /, **identifiers: object) -> str:
    return read_sql("rollbook.validation", f"rules/{problem}", **identifiers)
