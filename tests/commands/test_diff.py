"""`rollbook diff`: two packages are compared without a database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.packages import DEMOGRAPHICS, USERS, Package, small_district

HOSTILE = "</script><b>Zoe"


@pytest.fixture
def new() -> Package:
    package = small_district()
    package.row(USERS, "stu-1")["givenName"] = HOSTILE
    package.drop(DEMOGRAPHICS, "stu-2")
    for rows in package.rows.values():
        for row in rows:
            for name, value in row.items():
                if name.endswith(("ourcedId", "ourcedIds")):
                    row[name] = value.replace("stu-3", "p-3")
    return package


def diff(new: Package, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    paths = small_district().write(folder / "old.zip"), new.write(folder / "new.zip")
    line = [sys.executable, "-m", "rollbook.commands", "diff", *map(str, paths), *options]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)


def test_json_has_summary_schools_and_changes(new: Package, tmp_path: Path) -> None:
    done = diff(new, tmp_path, "--format", "json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [*report] == ["summary", "schools", "changes"]
    assert report["summary"]["users"] == {"create": 0, "update": 1, "abandon": 0, "rekey": 1}
    assert report["summary"]["demographics"]["abandon"] == 1
    assert report["summary"]["enrollments"]["rekey"] == 2  # their ids are made of the student's
    assert report["schools"]["sch-2"]["summary"]["users"]["rekey"] == 1
    by_id = {(it["resource"], it["sourcedId"]): it for it in report["changes"]}
    assert by_id["users", "stu-1"]["fields"] == {"givenName": ["Zoë", HOSTILE]}
    assert by_id["users", "p-3"]["from"] == "stu-3"
    assert "from" not in by_id["users", "stu-1"]


@pytest.mark.parametrize("report", ["text", "html"])
def test_values_are_masked_unless_asked_for(report: str, new: Package, tmp_path: Path) -> None:
    options = ("--format", report)
    masked = diff(new, tmp_path, *options).stdout
    assert "Müller" not in masked
    assert "stu-1" not in masked
    assert "Müller" in diff(new, tmp_path, *options, "--show-values").stdout


def test_page_escapes_what_is_hostile(new: Package, tmp_path: Path) -> None:
    out = tmp_path / "changes.html"
    done = diff(new, tmp_path, "--format", "html", "--show-values", "--out", str(out))
    page = out.read_text(encoding="utf-8")
    assert HOSTILE not in page
    assert "&lt;/script&gt;&lt;b&gt;Zoe" in page
    assert page.count("<script>") == 1
    assert done.stderr.startswith("1 record would be updated and 1 removed; ")


def test_text_counts_by_resource_and_by_school(new: Package, tmp_path: Path) -> None:
    text = diff(new, tmp_path).stdout
    assert "1 record would be updated and 1 removed; 4 would go on under a new id." in text
    assert "Oak Elementary" in text
    assert "People: new id" in text
    assert "\x1b" not in text


def test_same_package_differs_in_nothing(tmp_path: Path) -> None:
    done = diff(small_district(), tmp_path)
    assert "Nothing differs: new.zip says what old.zip says." in done.stdout


def test_package_that_would_not_be_used_exits_with_2(tmp_path: Path) -> None:
    package = small_district()
    package.raw["users.csv"] = b"sourcedId\r\n"
    done = diff(package, tmp_path)
    assert done.returncode == 2
    assert "new.zip would not be used" in done.stderr
    assert "rollbook check" in done.stderr
