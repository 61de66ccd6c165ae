"""From the arguments of a generated district to its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

from rollbook.convert.package import (
    check_path,
    header_of,
    manifest_text,
    open_package,
    row_writer,
)
from rollbook.generate.classes import class_rows
from rollbook.generate.courses import course_rows
from rollbook.generate.demographics import demographics_rows
from rollbook.generate.district import District, open_district
from rollbook.generate.enrollments import enrollment_lines
from rollbook.generate.guardians import guardian_rows
from rollbook.generate.orgs import org_rows
from rollbook.generate.sessions import session_rows
from rollbook.generate.staff import staff_rows
from rollbook.generate.students import student_rows
from rollbook.oneroster import Resource, Version, resources_of

MOST_STUDENTS = 5_000_000
_MOST_PEOPLE = 9_000_000  # student numbers have seven digits
_SMALLEST_LARGE = 2_000_000  # students, from which on enrollments.csv may pass 2 GiB
_BATCH = 1_000  # rows
_ROWS_BETWEEN_CALLS = 20_000
_ROWS_PER_STUDENT = 13.6


@dataclass(frozen=True, slots=True)
class GeneratedDistrict:
    """A district that was written.

    Attributes:
        path: The folder or ZIP.
        row_counts: Data rows of each file by its name without ending, headers not counted.
    """

    path: Path
    row_counts: Mapping[str, int]


def generate_district(
    out: Path,
    *,
    students: int,
    seed: int,
    day: int = 1,
    churn: float = 0.01,
    name: str = "Oakwood Unified",
    on_progress: Callable[[int], None] | None = None,
) -> GeneratedDistrict:
    """Write a synthetic district as a OneRoster 1.1 bulk package; see `formats` for other ones.

    The same arguments give the same bytes. Day 2 is day 1 with one day of churn, day 3 is day 2
    with another; what did not change keeps its sourcedId and its row. No record describes a real
    person: mail domains end in `.example` and telephone numbers are of the range kept for fiction.

    Args:
        out: A ZIP to write when it ends in `.zip`, else a folder for loose CSV files, made when it
            is not there. Files of the package that exist are replaced.
        students: How many students the district has on each day, 1 to 5,000,000.
        seed: Chooses people and names. Schools, grades and classes follow from `students` alone.
        day: Which day of the district's life, from 1.
        churn: Share of the students touched on each day after the first, 0 to 1: they leave, come,
            move, or change. The same share of classes gets another title or teacher. Above 0, at
            least one of each.
        name: The district's name, also the source of its domain.
        on_progress: Called now and then, and at the end, with the number of rows written so far.
            `expected_rows` tells about how many there will be.

    Returns:
        The path and the number of rows of each resource.

    Raises:
        ValueError: An argument is out of its range, or `out` is a file where a folder should be or
            the reverse.

    Source: OneRoster 1.1 CSV, bulk mode; decision 0002.
    """
    _check_arguments(students=students, day=day, churn=churn, name=name)
    check_path(out)
    district = open_district(name=name, students=students, seed=seed, day=day, churn=churn)
    manifest = manifest_text(
        Version.V1_1,
        resources_of(Version.V1_1),
        system_name="Rollbook generate",
        system_code=district.domain,
    )
    progress = _Progress(on_progress)
    with open_package(out, is_large=students > _SMALLEST_LARGE) as open_file:
        with open_file("manifest.csv") as file:
            file.write(manifest.encode())
        row_counts = {
            resource.value: _write_file(open_file, resource, district, progress)
            for resource in resources_of(Version.V1_1)
        }
    progress.tell()
    return GeneratedDistrict(out, row_counts)


def expected_rows(students: int) -> int:
    """Return about how many rows a district of some students has, all files together."""
    return round(students * _ROWS_PER_STUDENT)


def _check_arguments(*, students: int, day: int, churn: float, name: str) -> None:
    if not 1 <= students <= MOST_STUDENTS:
        raise ValueError(f"students is {students}; ask for 1 to {MOST_STUDENTS:,}.")
    if day < 1:
        raise ValueError(f"day is {day}; the first day is 1.")
    if not 0 <= churn <= 1:
        raise ValueError(
            f"churn is {churn}; give a share of the students from 0 to 1, such as 0.01."
        )
    if not name.strip() or not name.isprintable():
        raise ValueError(
            "name is blank or has control characters; give the district's name in one line."
        )
    if students * (1 + churn * (day - 1)) > _MOST_PEOPLE:
        raise ValueError(
            f"{students} students with churn {churn} are too many people by day {day}; "
            "take fewer students, an earlier day or less churn."
        )


class _Progress:
    """Counts rows and tells of them, not too often."""

    def __init__(self, on_progress: Callable[[int], None] | None) -> None:
        self._on_progress = on_progress
        self._written = 0
        self._told = 0

    def add(self, rows: int) -> None:
        self._written += rows
        if self._written - self._told >= _ROWS_BETWEEN_CALLS:
            self.tell()

    def tell(self) -> None:
        self._told = self._written
        if self._on_progress:
            self._on_progress(self._written)


def _write_file(
    open_file: Callable[[str], IO[bytes]],
    resource: Resource,
    district: District,
    progress: _Progress,
) -> int:
    """Write one resource's file and return its number of rows."""
    row_count = 0
    with open_file(resource.filename) as file:
        file.write(header_of(resource).encode())
        for lines in _lines_of(resource, district):
            file.write("".join(lines).encode())
            row_count += len(lines)
            progress.add(len(lines))
    return row_count


def _lines_of(resource: Resource, district: District) -> Iterator[list[str]]:
    """Yield the lines of one file, some at a time."""
    if resource is Resource.ENROLLMENTS:
        yield from enrollment_lines(district)
        return
    lines = map(row_writer(resource), _ROWS[resource](district))
    while batch := [*islice(lines, _BATCH)]:
        yield batch


def _user_rows(district: District) -> Iterator[dict[str, str]]:
    return chain(staff_rows(district), student_rows(district), guardian_rows(district))


_ROWS: dict[Resource, Callable[[District], Iterator[dict[str, str]]]] = {
    Resource.ORGS: org_rows,
    Resource.ACADEMIC_SESSIONS: lambda _: session_rows(),
    Resource.COURSES: lambda district: course_rows(district.layout),
    Resource.CLASSES: class_rows,
    Resource.USERS: _user_rows,
    Resource.DEMOGRAPHICS: demographics_rows,
}
