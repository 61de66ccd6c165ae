"""PostgreSQL crashes in the midst of runs and is started again: no roster is half, all get done."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.flows.installation import Installation
from tests.flows.ownserver import OwnServer
from tests.flows.test_killed_workers import read_package
from tests.rosters import expected_roster, faults_of, roster_of

from rollbook.generate import generate_district

CRASHES = ("apply", "validation", "apply")
DISTRICTS = 4
WORKERS = 2
BOUND_SECONDS = 720  # a bound, not an aim: a worker takes some seconds to start


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OwnServer]:
    server = OwnServer(tmp_path / "postgres")
    yield server
    server.stop()


@pytest.mark.slow
def test_runs_are_published_after_crashes_of_the_database(
    server: OwnServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "package"
    generate_district(package, students=1_000, seed=7, day=1, churn=0)
    nothing = {resource: {} for resource in expected_roster(read_package(package))}
    expected = [nothing, expected_roster(read_package(package))]
    installation = Installation(server.address, tmp_path)
    deadline = time.monotonic() + BOUND_SECONDS
    struck = []
    try:
        installation.migrate()
        installation.deliver([package], districts=DISTRICTS)
        for stage in CRASHES:
            installation.keep_commands(WORKERS)
            struck.append(_wait_for(installation, stage, deadline))
            server.crash()
            server.start()
            assert all(roster in expected for roster in _rosters(server.address))
        while not _all_published(installation):
            assert time.monotonic() < deadline, installation.describe()
            installation.keep_commands(WORKERS)
            time.sleep(0.5)
    finally:
        installation.stop()
    assert _rosters(server.address) == [expected[1]] * DISTRICTS
    left = [it for it in (tmp_path / "work").iterdir() if any(it.iterdir())]
    assert len(left) <= WORKERS * len(CRASHES)
    with capsys.disabled():
        sys.stderr.write(f" [crashes during {', '.join(struck)}] ")


def _wait_for(installation: Installation, stage: str, deadline: float) -> str:
    """Wait until a run is in a stage, or until none is left; say which stage it is in."""
    working = (
        "select s.stage from runs_stagerecord s join runs_syncrun r on r.district_id = "
        "s.district_id and r.number = s.run_number where s.finished_at is null and "
        f"s.started_at > now() - interval '3 seconds' order by s.stage <> '{stage}' limit 1"
    )
    seen = ""
    until = min(deadline, time.monotonic() + 90)
    while seen != stage and time.monotonic() < until and not _all_published(installation):
        rows = installation.ask(working)
        seen = rows[0][0] if rows else "nothing"
    return seen


def _all_published(installation: Installation) -> bool:
    done = installation.ask("select count(*) from runs_syncrun where state = 'published'")
    return done == [(DISTRICTS,)]


def _rosters(address: str) -> list[object]:
    with psycopg.connect(address) as session:
        session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        districts = session.execute("select id from districts_district order by id").fetchall()
        for (district,) in districts:
            assert faults_of(district, session) == []
        return [roster_of(district, session) for (district,) in districts]
