from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from tests.packages import DEMOGRAPHICS, USERS, Package, small_district
from tests.rosters import deliver, receive

# Words that stand in the data and nowhere in our code.
PERSONAL = ("Quenby", "Thistlewood", "quenby@oak.example", "1999-12-31", "stu-77", "5550077")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Everything that is logged, down to the least, as it would be written."""
    from rollbook.project.logs import formatter

    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter("json"))
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [handler])
    monkeypatch.setattr(root, "level", logging.DEBUG)
    return written


def with_personal_data() -> Package:
    package = small_district()
    package.row(USERS, "stu-1").update(
        givenName="Quenby",
        familyName="Thistlewood",
        email="quenby@oak.example",
        identifier="5550077",
    )
    package.row(DEMOGRAPHICS, "stu-1")["birthDate"] = "1999-12-31"
    row = {**package.row(USERS, "stu-1"), "sourcedId": "stu-77", "agentSourcedIds": ""}
    package.add(USERS, **row)
    return package


def spoilt() -> Package:
    package = with_personal_data()
    package.row(USERS, "stu-1")["role"] = "Quenby"
    package.row(DEMOGRAPHICS, "stu-1").update(birthDate="1999-12-31x", sex="Thistlewood")
    package.add(DEMOGRAPHICS, sourcedId="Thistlewood")
    package.add(USERS, **{**package.row(USERS, "stu-77"), "givenName": "Quenby 2"})
    package.raw["users.csv"] = package.files()["users.csv"] + b'"Quenby,Thistlewood\r\nQuenby\xff'
    return package


def expect_no_personal_data(log: io.StringIO) -> None:
    text = log.getvalue()
    assert "district" in text  # something was logged
    assert [line for line in text.splitlines() if any(word in line for word in PERSONAL)] == []


def test_no_run_logs_personal_data(district: Any, connection: Any, log: io.StringIO) -> None:
    assert deliver(district, with_personal_data()).state == "published"
    assert deliver(district, spoilt()).finding_counts
    assert deliver(district, small_district()).state == "published"
    expect_no_personal_data(log)


FAULTS = ("stage_files", "find_problems", "compute_change_set", "apply_change_set")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", FAULTS)
def test_fault_in_a_run_logs_no_personal_data(
    stage: str, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drivers and parsers repeat the row that they stumble over."""
    from tests.rosters import make_district

    from rollbook import pipeline
    from rollbook.processes.drain import drain_runs

    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"invalid input: {PERSONAL}")

    monkeypatch.setattr(pipeline, stage, fail)
    run = receive(make_district(), with_personal_data())
    drain_runs()
    run.refresh_from_db()
    assert (run.state, run.reasons[0]["code"]) == ("failed", "rollbook.fault")
    assert "ValueError" in log.getvalue()
    expect_no_personal_data(log)
