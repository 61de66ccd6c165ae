from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.generate.packages import files_in

from rollbook.commands.exit_codes import ExitCode
from rollbook.commands.main import run
from rollbook.generate import generate_district
from rollbook.generate.formats import DistrictPlan, generate_in_format
from rollbook.staging.data import Workspace
from rollbook.staging.formats.data import Format
from rollbook.staging.stage import stage_files
from rollbook.validation.problems import find_problems

PLAN = DistrictPlan(students=40, seed=3, day=3, churn=0.2)


def findings_in(package: Path, folder: Path) -> Mapping[str, int]:
    """Return how often a check finds what."""
    folder.mkdir()
    staged = stage_files(package, workspace=Workspace(folder))
    return find_problems(staged, published=None).finding_counts


@pytest.mark.parametrize("to", Format)
def test_same_arguments_give_same_bytes(to: Format, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        district = generate_in_format(tmp_path / name, PLAN, to=to)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    files = files_in(tmp_path / "a.zip")
    for name, count in district.row_counts.items():
        assert files[f"{name}.csv"].count(b"\r\n") == count + 1


def test_days_differ_in_every_format(tmp_path: Path) -> None:
    for day in (1, 2):
        plan = DistrictPlan(students=40, seed=3, day=day, churn=0.2)
        generate_in_format(tmp_path / f"{day}", plan, to=Format.CLEVER)
    first, second = files_in(tmp_path / "1"), files_in(tmp_path / "2")
    assert first["students.csv"] != second["students.csv"]
    assert first["schools.csv"] == second["schools.csv"]


@pytest.mark.parametrize("to", [Format.ONEROSTER_1_0, Format.ONEROSTER_1_1, Format.ONEROSTER_1_2])
def test_generated_district_has_no_finding(to: Format, tmp_path: Path) -> None:
    generate_in_format(tmp_path / "package", PLAN, to=to)
    findings = findings_in(tmp_path / "package", tmp_path / "work")
    assert findings.keys() <= (
        {"package.manifest.missing"} if to is Format.ONEROSTER_1_0 else set()
    )


@pytest.mark.parametrize(
    ("students", "day"),
    [
        (300, 1),
        (500, 2),
        (5_000, 3),
        pytest.param(20_000, 1, marks=pytest.mark.slow),
        pytest.param(20_000, 3, marks=pytest.mark.slow),
    ],
)
def test_district_of_any_size_and_day_has_no_finding(
    students: int, day: int, tmp_path: Path
) -> None:
    generate_district(tmp_path / "package", students=students, seed=1, day=day, churn=0.01)
    assert findings_in(tmp_path / "package", tmp_path / "work") == {}


def test_command_writes_a_format(tmp_path: Path) -> None:
    line = ["generate", str(tmp_path / "out"), "--students", "20", "--format", "sds-v2.1"]
    assert run([*line, "--quiet"]) == ExitCode.OK
    assert "relationships.csv" in files_in(tmp_path / "out")


def test_wrong_arguments_are_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["generate", str(tmp_path / "out"), "--name", " "]) == ExitCode.USAGE
    assert "name is blank" in capsys.readouterr().err
    line = ["generate", str(tmp_path / "out"), "--defects", "3", "--format", "clever"]
    assert run(line) == ExitCode.USAGE
    assert "--format oneroster-1.1" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--format", "clever"], ["--defects", "2"]])
def test_nothing_that_is_there_is_overwritten(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "users.csv").write_text("of a real district")
    assert run(["generate", str(tmp_path / "old"), *arguments]) == ExitCode.USAGE
    assert "old is not empty. Name a new folder, or empty this one." in capsys.readouterr().err
    (tmp_path / "old.zip").write_text("of a real district")
    assert run(["generate", str(tmp_path / "old.zip"), *arguments]) == ExitCode.USAGE
    assert "old.zip is there already. Name a new file" in capsys.readouterr().err
    assert (tmp_path / "old" / "users.csv").read_text() == "of a real district"
    assert (tmp_path / "old.zip").read_text() == "of a real district"


def test_list_of_defects_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out.expected.json").write_text("{}")
    line = ["generate", str(tmp_path / "out"), "--defects", "2", "--quiet"]
    assert run(line) == ExitCode.USAGE
    assert "out.expected.json is there already. Remove it first." in capsys.readouterr().err
    assert run([*line[:2], "--students", "20", "--quiet"]) == ExitCode.OK


def test_empty_folder_is_written_into(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run(["generate", str(tmp_path / "out"), "--students", "20", "--quiet"]) == ExitCode.OK
