"""Records, rows and deliveries of the naive model: plain dictionaries, and a name for each thing.

The model is written from what the documents promise and shares nothing with the stages but the
field table. It is slow, walks every record, and says each rule where it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.packages import Row
from tests.rosters import typed

from rollbook.oneroster import Field, Kind, Resource, Version, fields_of

FRAMES = (
    Resource.ORGS,
    Resource.ACADEMIC_SESSIONS,
    Resource.COURSES,
    Resource.CLASSES,
)
"""What people are put into: kinds whose ids change as a column, and never by a person's fate."""

LINKS = (
    Resource.USER_PROFILES,
    Resource.ROLES,
    Resource.ENROLLMENTS,
    Resource.DEMOGRAPHICS,
)
"""What hangs on people and has no identity of its own."""


@dataclass(eq=False, repr=False)
class Record:
    """One record of the roster, for ever: its identity is the object's own.

    Attributes:
        served: The id under which applications know it; None: one made by Rollbook.
        values: Text by field; references are tuples of records, so that no id can mislead.
    """

    source: int
    resource: Resource
    sourced_id: str
    served: str | None
    values: dict[str, Any] = field(default_factory=dict)

    def targets(self, name: str) -> tuple[Record, ...]:
        """Return the records that a reference names."""
        named: tuple[Record, ...] = self.values.get(name) or ()
        return named

    @property
    def person(self) -> Record | None:
        """The user on whom this record hangs, if it hangs on one."""
        name = user_field(self.resource)
        return self.targets(name)[0] if name else None

    def text(self, name: str) -> str:
        """Return a plain value, empty for none."""
        return self.values.get(name) or ""

    def copy(self) -> dict[str, Any]:
        """Return what it says now."""
        return dict(self.values)


@dataclass(frozen=True)
class Delivery:
    """What one source sends.

    Attributes:
        rows: Rows by resource; a resource without an entry has no file.
        deltas: Resources whose file lists changes only.
        unreadable: Resources whose file has a row without an id that could be read.
    """

    rows: Mapping[Resource, list[Row]]
    deltas: frozenset[Resource] = frozenset()
    unreadable: frozenset[Resource] = frozenset()


@dataclass
class Source:
    """Who delivers: what it owns (nothing named: everything) and of which schools."""

    number: int
    owns: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()


@cache
def kept_fields(resource: Resource) -> tuple[Field, ...]:
    """Return the fields that a record keeps, its id not among them."""
    return tuple(it for it in fields_of(resource) if it.is_kept and it.kind is not Kind.ID)


@cache
def delivered_fields(resource: Resource) -> tuple[Field, ...]:
    """Return those of them that files of version 1.1 have, or 1.2 where it alone has the file."""
    version = Version.V1_1 if fields_of(resource, Version.V1_1) else Version.V1_2
    return tuple(it for it in fields_of(resource, version) if it.is_kept and it.kind is not Kind.ID)


@cache
def reference_fields(resource: Resource) -> tuple[Field, ...]:
    """Return the fields that name other records."""
    return tuple(it for it in kept_fields(resource) if it.refers_to)


def user_field(resource: Resource) -> str | None:
    """Return the field that names whom a record hangs on; demographics name them by their id."""
    if resource is Resource.DEMOGRAPHICS:
        return "sourcedId"
    return "userSourcedId" if resource in LINKS else None


def named_ids(row: Row, name: str) -> list[str]:
    """Return the ids that a delivered reference names, each once."""
    return list(dict.fromkeys(it.strip() for it in row.get(name, "").split(",") if it.strip()))


def as_published(record: Record) -> dict[str, Any]:
    """Return a record as the roster shows it, references by the records that they mean."""
    shown: dict[str, Any] = {"sourced_id": record.sourced_id, "metadata": None}
    for it in kept_fields(record.resource):
        if not it.refers_to:
            shown[it.name] = typed(it, record.values.get(it.name))
        elif it.is_list:
            shown[it.name] = list(record.targets(it.name))
        else:
            shown[it.name] = next(iter(record.targets(it.name)), None)
    return shown


def content_of(record: Record, values: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return all that a record says, but for its id and links to its own kind."""
    return [
        (it.name, values.get(it.name) or None)
        for it in kept_fields(record.resource)
        if it.refers_to is not record.resource
    ]
