"""Formats other than OneRoster: which tables are made, and which files are selects of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import duckdb
from typing_extensions import override

from rollbook.convert.data import Table
from rollbook.convert.metadata import Metadata, quoted, value_of
from rollbook.sqlfiles import read_sql
from rollbook.staging.formats.data import Format

_HERE = "rollbook.convert"


@dataclass(frozen=True, slots=True)
class _File:
    """One file of a format.

    Attributes:
        name: Its name without ending, and that of its SQL.
        metadata: The tables whose extension columns it can hold, by their alias in the SQL.
        is_required: Whether it is written even without rows.
        carried: Resource and key of extension columns that its tables hold already.
    """

    name: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    is_required: bool = True
    carried: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Layout:
    """A format: the steps that make its tables, in order, and its files."""

    steps: tuple[str, ...]
    files: tuple[_File, ...]


_PEOPLE = (
    "people/written_schools",
    "people/home_schools",
    "people/user_kinds",
    "people/written_students",
    "people/written_teachers",
    "people/written_contacts",
)
_OF_STUDENTS = (("users", "clever.school_id"),)
_OF_TEACHERS = (*_OF_STUDENTS, ("users", "clever.staff_id"), ("users", "clever.department"))
_OF_STAFF = (*_OF_STUDENTS, ("users", "clever.teacher_id"))
_CLASSES = ("people/class_terms", "people/class_teachers")
_STUDENTS = {"t": "written_students", "d": "given_demographics"}
_OF_CONTACTS = (
    ("users", "clever.contact_name"),
    ("users", "clever.contact_sis_id"),
    ("users", "clever.contact_phone_type"),
    ("users", "clever.relations"),
)
_LAYOUTS = {
    Format.CLEVER: _Layout(
        (
            *_PEOPLE,
            *_CLASSES,
            "clever/race_letters",
            "clever/written_relations",
            "clever/written_sections",
            "clever/written_staff",
            "clever/teacher_places",
        ),
        (
            _File("schools", {"t": "written_schools"}),
            _File("students", _STUDENTS, carried=(*_OF_STUDENTS, *_OF_CONTACTS)),
            _File("teachers", {"t": "written_teachers"}, carried=_OF_TEACHERS),
            _File("staff", {"t": "written_staff"}, is_required=False, carried=_OF_STAFF),
            _File("sections", {"t": "written_sections", "k": "given_courses"}),
            _File("enrollments"),
        ),
    ),
    Format.SDS_V1: _Layout(
        (*_PEOPLE, *_CLASSES, "sds_v1/written_sections", "sds_v1/written_guardians"),
        (
            _File("school", {"t": "written_schools"}),
            _File("section", {"t": "written_sections", "k": "given_courses"}),
            _File("student", _STUDENTS),
            _File("teacher", {"t": "written_teachers"}),
            _File("studentenrollment"),
            _File("teacherroster"),
            _File("user", is_required=False),
            _File("guardianrelationship", is_required=False),
        ),
    ),
    Format.SDS_V2: _Layout(
        (*_PEOPLE, "sds_v2/written_people"),
        (_File("orgs"), _File("users"), _File("classes"), _File("enrollments")),
    ),
    Format.SDS_V2_1: _Layout(
        _PEOPLE,
        (
            _File("orgs"),
            _File("users", {"t": "given_users"}),
            _File("roles", {"t": "written_roles"}),
            _File("classes", is_required=False),
            _File("enrollments", is_required=False),
            _File("academicSessions", is_required=False),
            _File("courses", is_required=False),
            _File("demographics", {"t": "given_demographics"}, is_required=False),
            _File("userFlags", {"t": "given_demographics"}, is_required=False),
            _File("relationships", is_required=False),
        ),
    ),
    Format.GUARDIANS: _Layout(
        (*_PEOPLE, "guardians/written_guardians"),
        (_File("guardians", {"t": "written_guardians"}),),
    ),
}

_RESOURCES = {
    "written_schools": "orgs",
    "written_sections": "classes",
    "written_students": "users",
    "written_teachers": "users",
    "written_staff": "users",
    "written_guardians": "users",
    "written_roles": "roles",
}


def tables_of(database: duckdb.DuckDBPyConnection, to: Format) -> Iterator[Table]:
    """Make the tables of a format and yield its files."""
    layout = _LAYOUTS[to]
    for step in layout.steps:
        database.execute(read_sql(_HERE, step))
    for file in layout.files:
        metadata = Metadata(database, file.metadata)
        sql = read_sql(
            _HERE,
            f"{folder_of(to)}/{file.name}",
            metadata=metadata,
            rest=_Rest(metadata, file.carried),
        )
        extensions = {(_resource_of(file.metadata[a]), key) for a, key in metadata.asked}
        yield Table(
            f"{file.name}.csv",
            sql,
            is_required=file.is_required,
            extensions=frozenset({*extensions, *file.carried}),
        )


def folder_of(to: Format) -> str:
    """Return the folder of a format's SQL, `sds_v2_1`."""
    return to.value.replace("-", "_").replace(".", "_")


def _resource_of(table: str) -> str:
    """Return whose records a table has: written_students are users."""
    return _RESOURCES.get(table, table.removeprefix("given_"))


class _Rest:
    """The extension columns that nothing before them in a select asked for, nor its tables."""

    def __init__(self, metadata: Metadata, carried: Iterable[tuple[str, str]]) -> None:
        self._metadata = metadata
        self._carried = {key for _, key in carried}

    @override
    def __str__(self) -> str:
        headers: dict[str, list[str]] = {}
        for alias, key in self._metadata.take_rest():
            if key in self._carried:
                continue
            headers.setdefault(f"ext.{_word(key)}", []).append(value_of(key, alias))
        return "".join(
            f",\n    coalesce({', '.join(values)}) as {quoted(header)}"
            for header, values in headers.items()
        )


def _word(key: str) -> str:
    """Return a key without the blanks and dots that the name of an extension may not have."""
    return re.sub(r"\W", "_", key.removeprefix("ext."))
