"""A package in memory while it is spoilt: its rows, and which people and classes are taken.

Defects must not meet: each claims the people and classes around its record, and takes only records
whose surroundings are free.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random

from rollbook.convert.package import line_of
from rollbook.oneroster import Field, Resource, Version, fields_of, resources_of

RESOURCES_1_1 = resources_of(Version.V1_1)
Row = dict[str, str]
References = list[tuple[Field, int]]


class NoRecordLeftError(Exception):
    """No record is left that a defect could have for itself."""


class Told(StrEnum):
    """How often a checker tells of a problem."""

    EACH_ROW = "each row"
    EACH_VALUE = "each value"  # once for all rows with one value, such as the id of a set-aside row
    EACH_COLUMN = "each column"  # once for a habit of the system that wrote the file


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that a checker must have, at the first of its rows.

    Attributes:
        rows: How many rows it is about.
    """

    code: str
    file: str
    record: int
    field: str | None
    value: str | None
    told: Told = Told.EACH_ROW
    rows: int = 1


@dataclass
class FileRows:
    """The rows of one file.

    Attributes:
        raw: Bytes that are written in place of a row, by its number from 0.
    """

    resource: Resource
    header: list[str]
    rows: list[list[str]]
    raw: dict[int, bytes] = field(default_factory=dict)

    def get(self, number: int, name: str) -> str:
        """Return one cell."""
        return self.rows[number][self.header.index(name)]

    def set(self, number: int, name: str, value: str) -> None:
        """Change one cell."""
        self.rows[number][self.header.index(name)] = value

    def append(self, **values: str) -> int:
        """Add a row and return its number."""
        self.rows.append([values.get(name, "") for name in self.header])
        return len(self.rows) - 1

    def values(self, number: int) -> Row:
        """Return a row by the names of its fields."""
        return dict(zip(self.header, self.rows[number], strict=True))

    def lines(self) -> Iterator[bytes]:
        """Yield the file, line by line."""
        yield line_of(self.header).encode()
        for number, row in enumerate(self.rows):
            yield self.raw[number] if number in self.raw else line_of(row).encode()


class Roster:
    """The files of a package, and the chance by which records are chosen."""

    def __init__(self, package: Path, chance: Random) -> None:
        """Read the files of a folder."""
        self.files = {resource: _read(package, resource) for resource in RESOURCES_1_1}
        self._claimed: set[str] = set()
        self._orders = {
            resource: chance.sample(range(len(file.rows)), len(file.rows))
            for resource, file in self.files.items()
        }
        self._places: dict[object, int] = {}
        self._serial = 0
        self._references = self._read_references()
        self._users = _numbers(self.files[Resource.USERS])
        self._teachers = self._teachers_by_school()

    def serial(self) -> int:
        """Return another number each time, for new ids."""
        self._serial += 1
        return self._serial

    def pick(self, resource: Resource, suits: Callable[[Row], object]) -> int:
        """Claim a record of a resource with all around it, and return its number.

        Raises:
            NoRecordLeftError: None is left.
        """
        file, order = self.files[resource], self._orders[resource]
        key = (resource, suits)
        while self._places.setdefault(key, 0) < len(order):
            number = order[self._places[key]]
            self._places[key] += 1
            values = file.values(number)
            if values["sourcedId"] in self._claimed or not suits(values):
                continue
            around = self._around(resource, values)
            if self._claimed.isdisjoint(around):
                self._claimed |= around
                return number
        raise NoRecordLeftError

    def set_aside(self, resource: Resource, number: int) -> Iterator[Expected]:
        """Yield what follows when a row does not go on: what names it, and so forth."""
        sourced_id = self.files[resource].get(number, "sourcedId")
        for reference, other in self._references.get((resource, sourced_id), ()):
            file = self.files[reference.resource]
            yield Expected(
                f"{reference.resource}.{reference.name}.set_aside",
                reference.resource.filename,
                other + 2,
                reference.name,
                sourced_id,
                told=Told.EACH_VALUE,
            )
            if reference.required and not reference.is_list:
                yield from self.set_aside(file.resource, other)

    def claim(self, sourced_ids: set[str]) -> bool:
        """Claim further records, all or none; say whether they were free."""
        if not self._claimed.isdisjoint(sourced_ids):
            return False
        self._claimed |= sourced_ids
        return True

    def named_by(self, resource: Resource, sourced_id: str) -> Iterator[tuple[Resource, Row]]:
        """Yield the rows that named a record before anything was planted."""
        for reference, other in self._references.get((resource, sourced_id), ()):
            yield reference.resource, self.files[reference.resource].values(other)

    def teacher_at(self, school: str) -> str:
        """Return a teacher of a school, another each time; nothing happens to teachers."""
        teachers = self._teachers[school]
        teachers.append(teachers.pop(0))
        return teachers[-1]

    def other_school(self, school: str) -> str:
        """Return a school that is not a given one.

        Raises:
            NoRecordLeftError: There is one school only.
        """
        for other in self._teachers:
            if other != school:
                return other
        raise NoRecordLeftError

    def user(self, sourced_id: str) -> int:
        """Return the number of a user's row."""
        return self._users[sourced_id]

    def _teachers_by_school(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        users = self.files[Resource.USERS]
        for number in range(len(users.rows)):
            if users.get(number, "role") == "teacher":
                school = _elements(users.get(number, "orgSourcedIds"))[0]
                found.setdefault(school, []).append(users.get(number, "sourcedId"))
        return found

    def _around(self, resource: Resource, values: Row) -> set[str]:
        """Return the people and classes that a defect in a record may touch."""
        if resource is Resource.ENROLLMENTS:
            return {values["userSourcedId"], values["classSourcedId"]}
        if resource is not Resource.USERS:
            return {values["sourcedId"]}
        agents = _elements(values["agentSourcedIds"])
        users = self.files[Resource.USERS]
        further = [
            other
            for agent in agents
            for other in _elements(users.get(self._users[agent], "agentSourcedIds"))
        ]
        return {values["sourcedId"], *agents, *further}

    def _read_references(self) -> dict[tuple[Resource, str], References]:
        """Return which fields of which rows name a record."""
        found: dict[tuple[Resource, str], References] = {}
        for resource, file in self.files.items():
            for reference in fields_of(resource, Version.V1_1):
                target = reference.refers_to
                if target in (Resource.USERS, Resource.CLASSES, Resource.COURSES):
                    place = file.header.index(reference.name)
                    for number, row in enumerate(file.rows):
                        for sourced_id in _elements(row[place]):
                            found.setdefault((target, sourced_id), []).append((reference, number))
        return found


def _read(package: Path, resource: Resource) -> FileRows:
    with (package / resource.filename).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    return FileRows(resource, header, rows)


def _numbers(file: FileRows) -> dict[str, int]:
    place = file.header.index("sourcedId")
    return {row[place]: number for number, row in enumerate(file.rows)}


def _elements(text: str) -> list[str]:
    return text.split(",") if text else []
