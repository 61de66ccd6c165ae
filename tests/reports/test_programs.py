"""Reports for programs: JSON, CSV and SARIF."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.packages import USERS
from tests.reports.checked import SECRET, bad_district, check_report, written

from rollbook.reports.csv import write_csv
from rollbook.reports.data import CheckReport
from rollbook.reports.json import write_json
from rollbook.reports.sarif import _as_result, write_sarif
from rollbook.staging.data import Finding
from rollbook.validation.data import JudgedFinding
from rollbook.validation.severity import Severity


@pytest.fixture
def report(tmp_path: Path) -> CheckReport:
    return check_report(bad_district(), tmp_path)


def test_json_is_one_object_with_a_finding_on_each_line(report: CheckReport) -> None:
    text = written(write_json, report)
    parsed = json.loads(text)
    assert [*parsed] == ["format", "because", "files", "summary", "findings"]
    assert parsed["files"][0] == {"name": "orgs.csv", "rows": 3, "refused": 0}
    assert sum(parsed["summary"].values()) == len(parsed["findings"])
    found = next(it for it in parsed["findings"] if it["value"] == SECRET)
    record = bad_district().record_number(USERS, "stu-1")
    assert found == {
        "code": "users.role.unknown_value",
        "severity": "error",
        "file": "users.csv",
        "record": record,
        "line": None,
        "rows": 1,
        "sourcedId": "stu-1",
        "field": "role",
        "value": SECRET,
        "message": "role has a value that the standard does not know",
        "repair": found["repair"],
    }
    assert len(text.splitlines()) == len(parsed["findings"]) + 2


def test_csv_cannot_be_run_by_a_spreadsheet(tmp_path: Path) -> None:
    package = bad_district()
    package.row(USERS, "stu-1")["role"] = " =cmd|'/C calc'!A0"
    rows = [*csv.DictReader(io.StringIO(written(write_csv, check_report(package, tmp_path))))]
    assert not [row for row in rows if row["value"].lstrip().startswith("=")]
    assert {row["who"] for row in rows} >= {"district", "SIS vendor"}


def test_sarif_has_the_shape_of_the_standard(report: CheckReport) -> None:
    log = json.loads(written(write_sarif, report))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    rules = {rule["id"] for rule in driver["rules"]}
    assert driver["name"] == "rollbook"
    assert run["results"]
    for result in run["results"]:
        _check_result(result, rules)


def _check_result(result: dict[str, Any], rules: set[str]) -> None:
    assert result["ruleId"] in rules
    assert result["level"] in {"error", "warning", "note"}
    assert result["message"]["text"]
    assert SECRET not in result["message"]["text"]
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    assert physical["artifactLocation"]["uri"].endswith(".csv")
    if "region" in physical:
        assert physical["region"]["startLine"] >= 1
    assert result["occurrenceCount"] >= 1


def test_sarif_names_the_line_of_the_file_where_it_is_known(report: CheckReport) -> None:
    finding = Finding("users.role.unknown_value", "my users.csv", record=12, line=15, rows=25)
    result: Any = _as_result(JudgedFinding(finding, Severity.ERROR), report)
    physical = result["locations"][0]["physicalLocation"]
    assert physical["region"] == {"startLine": 15}
    assert physical["artifactLocation"] == {"uri": "my%20users.csv"}
    assert result["properties"] == {"record": 12}
    assert result["occurrenceCount"] == 25
    assert "and 24 further rows for the same reason" in result["message"]["text"]
    without = JudgedFinding(replace(finding, record=None, line=None), Severity.ERROR)
    result = _as_result(without, report)
    assert "region" not in result["locations"][0]["physicalLocation"]
