from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.packages import USERS, small_district
from tests.reports.checked import SECRET, bad_district, check_report, written

from rollbook.reports.data import CheckReport
from rollbook.reports.places import further_rows_of, place_of
from rollbook.reports.sentences import what_happens_next, what_was_found, what_was_read
from rollbook.reports.text import write_text
from rollbook.staging.data import Finding


@pytest.fixture
def report(tmp_path: Path) -> CheckReport:
    return check_report(bad_district(), tmp_path)


def test_text_says_what_was_read_then_what_was_found_then_who_acts(report: CheckReport) -> None:
    text = written(write_text, report)
    parts = [
        "spring export.zip was read as OneRoster 1.1 (manifest.csv says OneRoster 1.1). It has",
        "errors, ",
        "Weight ",
        "ERROR  role has a value that the standard does not know",
        "Repair (SIS vendor): Let the SIS's export write one of the allowed words",
        "users.csv, record 4, role: xxxxx-xx-x-xxxxxx-xxxx",
        "Next: Everything else can be used as it is. The errors are for the SIS vendor and",
        "Values are masked",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, dict(zip(parts, places, strict=True))
    assert places == sorted(places)


def test_piped_text_has_no_colours_and_nothing_that_steers_a_terminal(report: CheckReport) -> None:
    text = written(write_text, report)
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_terminal_gets_colours_unless_they_are_not_wanted(
    report: CheckReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured, plain = Terminal(), Terminal()
    write_text(report, coloured)
    assert "\x1b[1;31m" in coloured.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    write_text(report, plain)
    assert "\x1b[1;31m" not in plain.getvalue()


def test_values_are_shown_on_request(tmp_path: Path) -> None:
    text = written(write_text, check_report(bad_district(), tmp_path, shows_values=True))
    assert SECRET in text
    assert "Values are masked" not in text


def test_first_examples_are_followed_by_how_many_more(tmp_path: Path) -> None:
    package = small_district(students=20)
    for row in package.rows[USERS]:
        row["email"], row["username"] = "", ""
    text = written(write_text, check_report(package, tmp_path))
    assert "and 39 more" in text


def test_causes_stand_before_their_consequences(report: CheckReport) -> None:
    codes = [rule.code for rule, _ in report.rules()]
    assert codes.index("users.role.unknown_value") < codes.index(
        "enrollments.userSourcedId.set_aside"
    )


def test_clean_package_needs_nobody(tmp_path: Path) -> None:
    report = check_report(small_district(), tmp_path)
    assert what_was_found(report) == "Nothing to repair: every row passed every check."
    assert what_happens_next(report).endswith("nobody has to do anything.")


def test_package_that_stops_says_that_the_roster_stays(tmp_path: Path) -> None:
    package = small_district()
    package.raw["users.csv"] = b"sourcedId\r\n"
    report = check_report(package, tmp_path)
    assert what_happens_next(report).startswith("This package would not be used")


def test_warnings_are_not_urgent(tmp_path: Path) -> None:
    package = small_district()
    package.row(USERS, "stu-1")["agentSourcedIds"] = "par-1,nobody"
    report = check_report(package, tmp_path)
    assert what_was_found(report) == "1 warning, of 1 kind."
    assert "Nothing is urgent: the warnings are for the district" in what_happens_next(report)


def test_refused_rows_are_told(tmp_path: Path) -> None:
    package = small_district()
    users = package.files()["users.csv"]
    package.raw["users.csv"] = users + b"one,two\r\n"
    assert "1 more could not be read and has to be repaired." in what_was_read(
        check_report(package, tmp_path)
    )


@pytest.mark.parametrize(
    ("finding", "place"),
    [
        (Finding("x", "users.csv"), "the whole file"),
        (Finding("x", "users.csv", record=1), "the header"),
        (Finding("x", "users.csv", record=1200), "record 1,200"),
        (Finding("x", "users.csv", record=12, line=15), "record 12 (line 15 of the file)"),
        (Finding("x", "users.csv", record=12, line=12), "record 12"),
    ],
)
def test_place_in_words(finding: Finding, place: str) -> None:
    assert place_of(finding) == place


def test_consequences_say_how_many_rows_they_stand_for() -> None:
    assert further_rows_of(Finding("x", "users.csv")) == ""
    assert further_rows_of(Finding("x", "users.csv", rows=2)) == (
        "and 1 further row for the same reason"
    )
    assert further_rows_of(Finding("x", "users.csv", rows=25)) == (
        "and 24 further rows for the same reason"
    )
