"""The field table: one row for each field of each resource, read from `fields.csv`."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from rollbook.oneroster.resources import Resource


class Version(StrEnum):
    """A version of the standard whose files Rollbook reads, the oldest first."""

    V1_0 = "1.0"
    V1_1 = "1.1"
    V1_2 = "1.2"


class Kind(StrEnum):
    """The lexical type of a field. Source: OneRoster 1.1 CSV, "Data types"."""

    ID = "id"  # the record's own sourcedId, 1 to 255 characters
    REF = "ref"  # the sourcedId of another record
    REFS = "refs"  # comma list of sourcedIds
    TEXT = "text"
    LIST = "list"  # comma list of texts
    TYPED_IDS = "typed_ids"  # comma list of {type:identifier}
    ENUM = "enum"  # one of `values`
    BOOLEAN = "boolean"  # `true` or `false`
    DATE = "date"  # YYYY-MM-DD, a day of the calendar
    DATETIME = "datetime"  # YYYY-MM-DDTHH:MM:SS.sssZ
    YEAR = "year"  # YYYY, the year in which a school year ends


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one resource.

    Attributes:
        name: The header in the CSV file, `orgSourcedIds`.
        kind: How its text is to be read.
        required: A row without it cannot be used. Fields required in deltas only are not marked.
        values: The allowed words of an enum, else empty.
        is_extensible: Whether words of a vocabulary of one's own, `ext:coach`, are allowed too.
        refers_to: The resource that a reference names, else None.
        rest_name: The property in JSON, `orgs`; empty for a field that is never served.
    """

    resource: Resource
    name: str
    kind: Kind
    required: bool
    values: tuple[str, ...]
    is_extensible: bool
    refers_to: Resource | None
    rest_name: str

    @property
    def column(self) -> str:
        """The column in the roster, `org_served_ids`: references there hold served ids."""
        snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.name).lower()
        if self.kind in (Kind.REF, Kind.REFS):
            snake = snake.replace("sourced_id", "served_id")
        return snake

    @property
    def is_list(self) -> bool:
        """Whether the CSV text is a comma list."""
        return self.kind in (Kind.REFS, Kind.LIST, Kind.TYPED_IDS)

    @property
    def is_envelope(self) -> bool:
        """Whether the field describes the delivery rather than the record: blank in bulk files."""
        return self.name in ("status", "dateLastModified")

    @property
    def is_secret(self) -> bool:
        """Whether the field is never read, stored or served."""
        return not self.rest_name

    @property
    def is_kept(self) -> bool:
        """Whether the field is part of the record of a roster, and so compared and stored."""
        return not self.is_envelope and not self.is_secret


@cache
def fields_of(resource: Resource, version: Version | None = None) -> tuple[Field, ...]:
    """Return the fields of a resource in the order of its CSV file.

    Without a version these are the fields of a roster: what any version has, the newest words of
    each. With one they are the columns of that version's file; none if it has no such file.
    """
    fields: dict[str, Field] = {}
    for field, versions in _field_table():
        if field.resource is resource and (version is None or version in versions):
            fields[field.name] = field
    return tuple(fields.values())


@cache
def resources_of(version: Version) -> tuple[Resource, ...]:
    """Return the resources that have a file in a version, parents first."""
    return tuple(resource for resource in Resource if fields_of(resource, version))


@cache
def _field_table() -> tuple[tuple[Field, tuple[str, ...]], ...]:
    text = files("rollbook.oneroster").joinpath("fields.csv").read_text(encoding="utf-8")
    return tuple(
        (_field(row), tuple(row["versions"].split())) for row in csv.DictReader(text.splitlines())
    )


def _field(row: Mapping[str, str]) -> Field:
    words = row["values"].split()
    return Field(
        resource=Resource(row["resource"]),
        name=row["name"],
        kind=Kind(row["kind"]),
        required=row["required"] == "always",
        values=tuple(word for word in words if word != "ext:"),
        is_extensible="ext:" in words,
        refers_to=Resource(row["refers_to"]) if row["refers_to"] else None,
        rest_name=row["rest_name"],
    )
