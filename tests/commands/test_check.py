"""`rollbook check`: a package is checked without a database."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.packages import USERS, Package, small_district

from rollbook.commands.main import run

BAD_NAME = "pupil-of-a-secret-kind"


@pytest.fixture
def bad() -> Package:
    package = small_district()
    package.row(USERS, "stu-1")["role"] = BAD_NAME
    return package


def check(
    package: Package, folder: Path, *options: str, name: str = "delivery"
) -> subprocess.CompletedProcess[str]:
    path = package.write(folder / name)
    line = [sys.executable, "-m", "rollbook.commands", "check", str(path), *options]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)


def test_clean_package_exits_with_0(tmp_path: Path) -> None:
    done = check(small_district(), tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Nothing to repair" in done.stdout


def test_error_exits_with_1_and_names_the_place(bad: Package, tmp_path: Path) -> None:
    done = check(bad, tmp_path)
    assert done.returncode == 1
    assert "users.role.unknown_value" in done.stdout
    assert f"record {bad.record_number(USERS, 'stu-1')}" in done.stdout


@pytest.mark.parametrize("report", ["text", "sarif", "html"])
def test_values_are_masked_unless_asked_for(report: str, bad: Package, tmp_path: Path) -> None:
    options = ("--format", report)
    assert BAD_NAME not in check(bad, tmp_path, *options).stdout
    assert BAD_NAME in check(bad, tmp_path, *options, "--show-values").stdout


def test_json_keeps_values_and_counts(bad: Package, tmp_path: Path) -> None:
    report = json.loads(check(bad, tmp_path, "--format", "json").stdout)
    assert report["format"] == "oneroster-1.1"
    assert report["summary"]["users.role.unknown_value"] == 1
    assert sum(report["summary"].values()) == len(report["findings"])
    found = next(it for it in report["findings"] if it["code"] == "users.role.unknown_value")
    assert (found["file"], found["field"], found["value"]) == ("users.csv", "role", BAD_NAME)


def test_csv_has_a_row_for_each_finding(bad: Package, tmp_path: Path) -> None:
    out = tmp_path / "findings.csv"
    check(bad, tmp_path, "--format", "csv", "--out", str(out))
    with out.open(encoding="utf-8", newline="") as lines:
        codes = [row["code"] for row in csv.DictReader(lines)]
    assert "users.role.unknown_value" in codes


def test_sarif_names_its_rules(bad: Package, tmp_path: Path) -> None:
    run = json.loads(check(bad, tmp_path, "--format", "sarif").stdout)["runs"][0]
    assert {result["ruleId"] for result in run["results"]} == {
        rule["id"] for rule in run["tool"]["driver"]["rules"]
    }


def test_previous_package_stands_in_for_bad_rows(bad: Package, tmp_path: Path) -> None:
    before = small_district().write(tmp_path / "before")
    report = json.loads(check(bad, tmp_path, "--previous", str(before), "--format", "json").stdout)
    assert list(report["summary"]) == ["users.role.unknown_value"]  # no dependant is set aside


def test_warnings_fail_when_asked_to(tmp_path: Path) -> None:
    package = small_district()
    package.row(USERS, "stu-1")["agentSourcedIds"] = "nobody"
    assert check(package, tmp_path).returncode == 0
    assert check(package, tmp_path, "--fail-on", "warning").returncode == 1


def test_missing_package_exits_with_2(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "rollbook.commands", "check", str(tmp_path / "none.zip")]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "Check the path" in done.stderr) == (2, True)


def test_previous_package_that_would_not_be_used_exits_with_2(bad: Package, tmp_path: Path) -> None:
    before = small_district()
    before.raw["users.csv"] = b"sourcedId\r\n"
    path = before.write(tmp_path / "before")
    done = check(bad, tmp_path, "--previous", str(path))
    assert done.returncode == 2
    assert "before would not be used" in done.stderr


def test_report_in_a_file_is_announced_unless_quiet(bad: Package, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    done = check(bad, tmp_path, "--format", "html", "--out", str(out))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith(f"The report is in {out}.\n")
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert check(bad, tmp_path, "--out", str(out), "--quiet").stderr == ""


def test_csv_in_a_file_is_read_as_utf_8_by_spreadsheets(bad: Package, tmp_path: Path) -> None:
    out = tmp_path / "findings.csv"
    check(bad, tmp_path, "--format", "csv", "--out", str(out))
    assert out.read_bytes().startswith(b"\xef\xbb\xbfseverity,")


@pytest.mark.parametrize(
    "options",
    [
        ("--out", "no-such-folder/report.txt"),
        ("--memory-limit", "much"),
        ("--format", "pdf"),
        ("--fail-on", "info"),
    ],
)
def test_wrong_option_exits_with_3(options: tuple[str, ...], tmp_path: Path) -> None:
    done = check(small_district(), tmp_path, *options)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "--help" in done.stderr


def test_reader_that_goes_away_is_no_fault(bad: Package, tmp_path: Path) -> None:
    path = bad.write(tmp_path / "delivery")
    line = [sys.executable, "-m", "rollbook.commands", "check", str(path), "--format", "html"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=60) == 141
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_check_loads_neither_django_nor_a_database_driver() -> None:
    code = (
        "import sys, rollbook.commands.check, rollbook.reports.text, rollbook.reports.json, "
        "rollbook.diff.snapshot, rollbook.validation.problems\n"
        "assert not {'django', 'psycopg', 'procrastinate'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_derivations_can_be_switched_off(capsys: pytest.CaptureFixture[str]) -> None:
    sample = str(Path(__file__).parent.parent / "samples" / "clever")
    run(["check", sample, "--format", "json"])
    assert "classes.title.derived" in json.loads(capsys.readouterr().out)["summary"]
    run(["check", sample, "--format", "json", "--without", "section-names"])
    assert "classes.title.derived" not in json.loads(capsys.readouterr().out)["summary"]
