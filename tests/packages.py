"""Packages for tests: a small consistent district that a test alters and writes as it likes.

package = small_district()
package.row(Resource.USERS, "stu-1")["email"] = "new@oak.example"
package.write(tmp_path / "export.zip", Style(bom=True, line_end="\\n"))
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rollbook.oneroster import Resource, Version, fields_of, resources_of

Row = dict[str, str]

ORGS, SESSIONS, COURSES, CLASSES, USERS, ENROLLMENTS, DEMOGRAPHICS = resources_of(Version.V1_1)


@dataclass(frozen=True, slots=True)
class Style:
    """How a writer of CSV files may differ from others without saying anything else."""

    line_end: str = "\r\n"
    quote_all: bool = False
    bom: bool = False
    encoding: str = "utf-8"
    ends_last_line: bool = True
    column_order: int = 0  # how far the columns are turned

    def render(self, columns: Iterable[str], rows: Iterable[Row]) -> bytes:
        """Return the bytes of one file."""
        names = [*columns]
        turn = self.column_order % len(names) if names else 0
        names = names[turn:] + names[:turn]
        text = io.StringIO()
        quoting = csv.QUOTE_ALL if self.quote_all else csv.QUOTE_MINIMAL
        writer = csv.writer(text, lineterminator=self.line_end, quoting=quoting)
        writer.writerow(names)
        writer.writerows([row.get(name, "") for name in names] for row in rows)
        written = text.getvalue()
        if not self.ends_last_line:
            written = written.removesuffix(self.line_end)
        return (b"\xef\xbb\xbf" if self.bom else b"") + written.encode(self.encoding)


@dataclass
class Package:
    """The contents of a delivery, for altering.

    Attributes:
        rows: The rows of each file; a resource without an entry has no file.
        columns: The header of each file.
        raw: Files that are written as they stand here, in place of those made of rows.
        manifest: Its properties; None: there is no manifest.
    """

    rows: dict[Resource, list[Row]]
    columns: dict[Resource, list[str]]
    raw: dict[str, bytes] = field(default_factory=dict)
    manifest: dict[str, str] | None = field(default_factory=dict)

    def row(self, resource: Resource, sourced_id: str) -> Row:
        """Return the first row of that id."""
        return next(row for row in self.rows[resource] if row["sourcedId"] == sourced_id)

    def add(self, resource: Resource, /, **values: str) -> Row:
        """Add a row and return it."""
        self.rows[resource].append(values)
        return values

    def drop(self, resource: Resource, *sourced_ids: str) -> None:
        """Leave rows out."""
        self.rows[resource] = [
            row for row in self.rows[resource] if row["sourcedId"] not in sourced_ids
        ]

    def rename(self, resource: Resource, old: str, new: str) -> None:
        """Give a record another id, wherever the package names it."""
        for owner, rows in self.rows.items():
            names = {it.name for it in fields_of(owner) if it.refers_to is resource}
            if owner is resource:
                names.add("sourcedId")
            for row in rows:
                for name in names & {*row}:
                    row[name] = ",".join(new if it == old else it for it in row[name].split(","))

    def without_file(self, resource: Resource) -> None:
        """Leave a file out, and say so in the manifest."""
        del self.rows[resource]

    def without_column(self, resource: Resource, *names: str) -> None:
        """Leave columns out."""
        self.columns[resource] = [name for name in self.columns[resource] if name not in names]

    def record_number(self, resource: Resource, sourced_id: str) -> int:
        """Return the row that a spreadsheet shows for an id."""
        return self.rows[resource].index(self.row(resource, sourced_id)) + 2

    def copy(self) -> Package:
        """Return an equal package that can be altered by itself."""
        return Package(
            rows={name: [dict(row) for row in rows] for name, rows in self.rows.items()},
            columns={name: [*columns] for name, columns in self.columns.items()},
            raw=dict(self.raw),
            manifest=None if self.manifest is None else dict(self.manifest),
        )

    def files(self, style: Style = Style()) -> dict[str, bytes]:
        """Return the bytes of every file by name."""
        files = {
            resource.filename: style.render(self.columns[resource], rows)
            for resource, rows in self.rows.items()
        }
        if self.manifest is not None:
            properties = {**self._properties(), **self.manifest}
            rows = [{"propertyName": name, "value": value} for name, value in properties.items()]
            in_order = replace(style, column_order=0)
            files["manifest.csv"] = in_order.render(["propertyName", "value"], rows)
        return files | self.raw

    def write(self, path: Path, style: Style = Style()) -> Path:
        """Write a ZIP when the path ends in `.zip`, else a folder."""
        return write_files(path, self.files(style))

    def _properties(self) -> dict[str, str]:
        modes = {
            f"file.{resource}": "bulk" if resource in self.rows else "absent"
            for resource in resources_of(Version.V1_1)
        }
        return {"manifest.version": "1.0", "oneroster.version": "1.1", **modes}


def write_files(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write files as they are into a ZIP or a folder."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def empty_package() -> Package:
    """Return a package of headers."""
    return Package(
        rows={resource: [] for resource in resources_of(Version.V1_1)},
        columns={
            resource: [field.name for field in fields_of(resource, Version.V1_1)]
            for resource in resources_of(Version.V1_1)
        },
    )


def small_district(*, students: int = 6) -> Package:
    """Return a district of two schools with its people, consistent and without a finding."""
    package = empty_package()
    _add_frame(package)
    for number in range(1, students + 1):
        _add_student(package, number)
    return package


def _add_frame(package: Package) -> None:
    """Add schools, terms, courses, classes and teachers."""
    add = package.add
    add(ORGS, sourcedId="d-1", name="Oak Unified", type="district", identifier="0100")
    for school, name in (("sch-1", "Oak Elementary"), ("sch-2", 'Oak "North" High, upper')):
        add(ORGS, sourcedId=school, name=name, type="school", parentSourcedId="d-1")
    days = {"startDate": "2026-08-17", "endDate": "2027-06-05", "schoolYear": "2027"}
    add(SESSIONS, sourcedId="ay", title="2026-27", type="schoolYear", **days)
    for term in ("t-1", "t-2"):
        add(SESSIONS, sourcedId=term, title=term, type="term", parentSourcedId="ay", **days)
    for number, school in ((1, "sch-1"), (2, "sch-2")):
        course, teacher = f"crs-{number}", f"tch-{number}"
        add(
            COURSES,
            sourcedId=course,
            schoolYearSourcedId="ay",
            title=f"Science {number}",
            courseCode=f"SCI{number}",
            grades="03,04",
            orgSourcedId="d-1",
            subjects="Science,Laboratory",
            subjectCodes="03051,03052",
        )
        _add_teacher(package, teacher, school)
        for period in (1, 2):
            roster_class = f"cls-{number}{period}"
            add(
                CLASSES,
                sourcedId=roster_class,
                title=f"Science {number}, period {period}",
                grades="03",
                courseSourcedId=course,
                classCode=f"S{number}{period}",
                classType="scheduled",
                location="B-204",
                schoolSourcedId=school,
                termSourcedIds="t-1,t-2",
                periods=str(period),
            )
            _enroll(package, teacher, roster_class, school, role="teacher", primary="true")


def _add_teacher(package: Package, teacher: str, school: str) -> None:
    package.add(
        USERS,
        sourcedId=teacher,
        enabledUser="true",
        orgSourcedIds=school,
        role="teacher",
        username=teacher,
        userIds=f"{{Staff:{teacher}}}",
        givenName="Bjørn",
        familyName="O'Neil",
        identifier=f"T-{teacher}",
        email=f"{teacher}@oak.example",
        phone="+15555550102",
    )


def _add_student(package: Package, number: int) -> None:
    """Add a student with a parent, demographics and a place in two classes."""
    student, parent, half = f"stu-{number}", f"par-{number}", 1 + number % 2
    package.add(
        USERS,
        sourcedId=student,
        enabledUser="true",
        orgSourcedIds=f"sch-{half}",
        role="student",
        username=student,
        userIds=f"{{State:{number}}},{{LDAP:s{number}}}",
        givenName="Zoë",
        familyName=f"Müller-Díaz {number}",
        identifier=f"{number:06d}",
        agentSourcedIds=parent,
        grades="03",
    )
    package.add(
        USERS,
        sourcedId=parent,
        enabledUser="true",
        orgSourcedIds="sch-1,sch-2",
        role="parent",
        username=parent,
        givenName="Lin",
        familyName=f"Díaz {number}",
        agentSourcedIds=student,
    )
    package.add(
        DEMOGRAPHICS,
        sourcedId=student,
        birthDate="2018-02-28",
        sex="female",
        asian="true",
        white="false",
        cityOfBirth="Oak",
    )
    for period in (1, 2):
        _enroll(package, student, f"cls-{half}{period}", f"sch-{half}", role="student")


def _enroll(package: Package, user: str, roster_class: str, school: str, **values: str) -> None:
    package.add(
        ENROLLMENTS,
        sourcedId=f"{user}-{roster_class}",
        classSourcedId=roster_class,
        schoolSourcedId=school,
        userSourcedId=user,
        beginDate="2026-08-17",
        **values,
    )
