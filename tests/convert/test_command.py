from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.convert.rosters import rows_of
from tests.packages import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    SESSIONS,
    USERS,
    small_district,
)

from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.main import run
from rollbook.oneroster import Resource


def test_package_is_converted_and_the_rest_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = small_district().write(tmp_path / "source.zip")
    out = tmp_path / "out"
    assert run(["convert", str(source), str(out), "--to", "clever"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert len(rows_of(out, "students")) == 6
    assert "students.csv" in said
    assert "Not carried over" in said
    assert "location" in said


def test_rows_that_were_set_aside_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = small_district()
    package.rows[ENROLLMENTS][0]["role"] = "pupil"
    source = package.write(tmp_path / "source.zip")
    line = ["convert", str(source), str(tmp_path / "out.zip"), "--to", "oneroster-1.2"]
    assert run(line) == ExitCode.OK
    assert "set aside" in capsys.readouterr().out


def test_passwords_are_listed_as_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = small_district()
    package.rows[USERS][0]["password"] = package.rows[USERS][1]["password"] = "hunter2"
    source = package.write(tmp_path / "source.zip")
    assert run(["convert", str(source), str(tmp_path / "out"), "--to", "sds-v2.1"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert re.search(r"users +.*password +.*2 +.*Passwords are never passed on", said)
    assert "hunter2" not in said


def test_changes_are_converted_with_the_export_that_they_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = small_district()
    delta = before.copy()
    for resource in (ORGS, SESSIONS, COURSES, CLASSES, ENROLLMENTS, DEMOGRAPHICS):
        delta.without_file(resource)
    delta.manifest = {**(delta.manifest or {}), "file.users": "delta"}
    changed = {"status": "active", "dateLastModified": "2026-09-01T00:00:00.000Z"}
    delta.rows[USERS] = [{**delta.row(USERS, "stu-2"), **changed, "familyName": "Newname"}]
    source = delta.write(tmp_path / "delta.zip")
    line = ["convert", str(source), str(tmp_path / "out"), "--to", "oneroster-1.1"]
    assert run(line) == ExitCode.UNREADABLE
    assert "--previous" in capsys.readouterr().err
    line += ["--previous", str(before.write(tmp_path / "before.zip"))]
    assert run(line) == ExitCode.OK
    before.row(USERS, "stu-2")["familyName"] = "Newname"
    for file in ("orgs", "users", "enrollments", "classes", "demographics"):
        written = by_id(rows_of(tmp_path / "out", file))
        package = {row["sourcedId"]: row for row in before.rows[Resource(file)]}
        assert written.keys() == package.keys()
        for sourced_id, row in written.items():
            told = {name: value for name, value in row.items() if value}
            assert told == {name: value for name, value in package[sourced_id].items() if value}


def by_id(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["sourcedId"]: row for row in rows}


def test_quiet_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = small_district().write(tmp_path / "source.zip")
    line = ["convert", str(source), str(tmp_path / "out"), "--to", "guardians", "--quiet"]
    assert run(line) == ExitCode.OK
    assert capsys.readouterr().out == ""


def test_package_that_cannot_be_used_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = small_district()
    package.without_column(USERS, "sourcedId")
    source = package.write(tmp_path / "source.zip")
    line = ["convert", str(source), str(tmp_path / "out"), "--to", "clever"]
    assert run(line) == ExitCode.UNREADABLE
    assert "users.csv" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_folder_with_other_files_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = small_district().write(tmp_path / "source.zip")
    out = tmp_path / "out"
    out.mkdir()
    (out / "roles.csv").touch()
    assert run(["convert", str(source), str(out), "--to", "oneroster-1.1"]) == ExitCode.USAGE
    assert "is not empty" in capsys.readouterr().err
    assert run(["convert", str(source), str(source), "--to", "oneroster-1.1"]) == ExitCode.USAGE
    assert "source.zip is there already" in capsys.readouterr().err


def test_unknown_format_is_a_wrong_call(tmp_path: Path) -> None:
    assert run(["convert", "a", str(tmp_path / "b"), "--to", "xml"]) == ExitCode.USAGE
