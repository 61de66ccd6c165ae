"""What vendors write instead of the standard's spelling is put right, and told once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.packages import CLASSES, ORGS, SESSIONS, USERS, Row, small_district
from tests.stages import query, stage

from rollbook.oneroster import Resource

CASES = [
    (USERS, "stu-1", "sourcedId", " stu-1 ", "stu-1", "padded"),
    (USERS, "stu-1", "email", "\u00a0a@oak.example", "a@oak.example", "padded"),
    (USERS, "stu-1", "enabledUser", "TRUE", "true", "respelt"),
    (USERS, "stu-1", "enabledUser", "0", "false", "respelt"),
    (USERS, "stu-1", "role", "Student", "student", "respelt"),
    (USERS, "stu-1", "status", "inactive", "tobedeleted", "respelt"),
    (USERS, "stu-1", "middleName", "N/A", "N/A", None),
    (USERS, "stu-1", "email", "NULL", None, "placeholder"),
    (USERS, "stu-1", "familyName", "Null", "Null", None),
    (USERS, "stu-1", "grades", "03, 04", "03,04", "spaced"),
    (CLASSES, "cls-11", "termSourcedIds", "ay , ay", "ay,ay", "spaced"),
    (SESSIONS, "ay", "startDate", "8/17/2026", "2026-08-17", "rewritten"),
    (SESSIONS, "ay", "startDate", "8/17/26", "2026-08-17", "rewritten"),
    (SESSIONS, "ay", "startDate", "2026-8-17", "2026-08-17", "rewritten"),
    (SESSIONS, "ay", "startDate", "2026-08-17T00:00:00Z", "2026-08-17", "rewritten"),
    (SESSIONS, "ay", "startDate", "20260817", "2026-08-17", "rewritten"),
    (SESSIONS, "ay", "startDate", "17/8/2026", "17/8/2026", None),
    (SESSIONS, "ay", "startDate", "2026-02-30", "2026-02-30", None),
    (ORGS, "sch-1", "type", "School", "school", "respelt"),
    (ORGS, "sch-1", "name", "School", "School", None),
]


@pytest.mark.parametrize(("resource", "of", "name", "written", "read", "problem"), CASES)
def test_value_is_put_right(
    resource: Resource,
    of: str,
    name: str,
    written: str,
    read: str | None,
    problem: str | None,
    tmp_path: Path,
) -> None:
    package = small_district(students=1)
    first = _first(package.rows[resource], of)
    record = package.rows[resource].index(first) + 2
    first[name] = written
    staged = stage(package, tmp_path)
    found = [it for it in staged.findings if not it.code.endswith("in_bulk")]
    assert [it.code for it in found] == ([f"{resource}.{name}.{problem}"] if problem else [])
    assert [(it.record, it.value, it.rows) for it in found] == (
        [(record, written, 1)] if problem else []
    )
    value = query(staged.workspace, f'select "{name}" from "{resource}" where record = {record}')
    assert value == [(read,)]


def _first(rows: list[Row], sourced_id: str) -> Row:
    return next((row for row in rows if row["sourcedId"] == sourced_id), rows[0])


def test_many_rows_with_one_habit_are_one_finding(tmp_path: Path) -> None:
    package = small_district(students=20)
    for row in package.rows[USERS]:
        row["enabledUser"] = row["enabledUser"].upper()
    (found,) = stage(package, tmp_path).findings
    assert (found.code, found.record) == ("users.enabledUser.respelt", 2)
    assert found.rows == len(package.rows[USERS])


def test_a_column_that_begins_with_days_is_not_taken_for_american(tmp_path: Path) -> None:
    """Were each date judged alone, 5 December would turn into 12 May."""
    package = small_district(students=1)
    package.add(
        SESSIONS, **{**package.rows[SESSIONS][0], "sourcedId": "t-9", "startDate": "05/12/2026"}
    )
    package.rows[SESSIONS][0]["startDate"] = "17/08/2026"
    staged = stage(package, tmp_path)
    assert staged.findings == ()
    dates = query(
        staged.workspace, "select startDate from academicSessions where sourcedId = 't-9'"
    )
    assert dates == [("05/12/2026",)]
