"""Checked rosters to convert, and reading back what was written."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from rollbook.convert.given import kept_fields
from rollbook.convert.write import write_package
from rollbook.oneroster import Resource
from rollbook.staging.data import Workspace
from rollbook.staging.formats.data import Format
from rollbook.staging.stage import stage_files
from rollbook.validation.problems import find_problems
from rollbook.validation.severity import Severity

Row = dict[str, str]


def checked(path: Path, folder: Path) -> Workspace:
    """Stage and check a package; no row of it may be set aside."""
    workspace = Workspace(folder)
    folder.mkdir()
    valid = find_problems(stage_files(path, workspace=workspace), published=None)
    assert not valid.stops
    assert not valid.severity_counts.get(Severity.ERROR), valid.finding_counts
    return workspace


def converted_again(path: Path, folder: Path, *, to: Format) -> Path:
    """Convert what was written before."""
    out = folder / f"again-{to}"
    write_package(checked(path, folder / f"work-again-{to}"), to=to, out=out)
    return out


def made(folder: Path, tables: Mapping[Resource, Iterable[Mapping[str, object]]]) -> Workspace:
    """Make the tables of a checked roster by hand: fields, and `metadata` as a dictionary."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder)
    with workspace.connect() as database:
        database.begin()
        for resource, rows in tables.items():
            names = [*(field.name for field in kept_fields(resource)), "metadata"]
            columns = ", ".join(f'"{name}" varchar' for name in names)
            database.execute(f'create table "valid_{resource}" ({columns})')
            for row in rows:
                cells = dict(row)
                if "metadata" in cells:
                    cells["metadata"] = json.dumps(cells["metadata"])
                assert set(cells) <= set(names)
                database.execute(
                    f'insert into "valid_{resource}" values ({", ".join("?" * len(names))})',
                    [cells.get(name) for name in names],
                )
        database.commit()
    return workspace


def rows_of(package: Path, file: str) -> list[Row]:
    """Read one file of a package."""
    with (package / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def header_of(package: Path, file: str) -> list[str]:
    """Read the header of one file of a package."""
    with (package / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return next(csv.reader(lines))


def small_school() -> dict[Resource, list[dict[str, object]]]:
    """Return a district with one school, a class of two terms, and its people."""
    day = {"startDate": "2026-08-17", "endDate": "2027-06-05", "schoolYear": "2027"}
    return {
        Resource.ORGS: [
            {"sourcedId": "d", "name": "Oak", "type": "district"},
            {"sourcedId": "s", "name": "Oak High", "type": "school", "parentSourcedId": "d"},
        ],
        Resource.ACADEMIC_SESSIONS: [
            {"sourcedId": "y", "title": "2026-27", "type": "schoolYear", **day},
            {
                "sourcedId": "t1", "title": "Fall", "type": "term", "parentSourcedId": "y",
                **day, "endDate": "2026-12-19",
            },
            {
                "sourcedId": "t2", "title": "Spring", "type": "term", "parentSourcedId": "y",
                **day, "startDate": "2027-01-04",
            },
        ],
        Resource.COURSES: [{"sourcedId": "k", "title": "Biology", "orgSourcedId": "d"}],
        Resource.CLASSES: [
            {
                "sourcedId": "c", "title": "Biology 1", "courseSourcedId": "k",
                "classType": "scheduled", "schoolSourcedId": "s", "termSourcedIds": "t1,t2",
            }
        ],
        Resource.USERS: [
            _user("stu", "student", "s", grades="09", agentSourcedIds="mom"),
            _user("mom", "parent", "s", agentSourcedIds="stu", sms="+1 (512) 555-0142"),
            _user("tch", "teacher", "s"),
            _user("pri", "administrator", "s", email="pri@oak.example"),
        ],
        Resource.ENROLLMENTS: [
            _enrollment("e1", "stu", "student"),
            _enrollment("e2", "tch", "teacher", primary="true"),
        ],
        Resource.DEMOGRAPHICS: [
            {"sourcedId": "stu", "birthDate": "2011-02-03", "sex": "other", "asian": "true"}
        ],
    }  # fmt: skip


def _user(sourced_id: str, role: str, org: str, **values: object) -> dict[str, object]:
    return {
        "sourcedId": sourced_id,
        "enabledUser": "true",
        "orgSourcedIds": org,
        "role": role,
        "username": sourced_id,
        "givenName": sourced_id.title(),
        "familyName": "Oak",
    } | values


def _enrollment(sourced_id: str, user: str, role: str, **values: object) -> dict[str, object]:
    return {
        "sourcedId": sourced_id,
        "classSourcedId": "c",
        "schoolSourcedId": "s",
        "userSourcedId": user,
        "role": role,
    } | values
