from __future__ import annotations

from pathlib import Path

import pytest
from tests.convert.rosters import rows_of
from tests.packages import ENROLLMENTS, USERS, small_district

from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.main import run


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
