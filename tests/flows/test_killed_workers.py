"""Workers killed at random moments leave the old roster or the new one, and the runs get done."""

from __future__ import annotations

import csv
import os
import random
import signal
import sys
import time
from pathlib import Path

import psycopg
import pytest
from tests.flows.installation import Installation, is_at_work
from tests.packages import Package
from tests.rosters import Records, expected_roster, faults_of, roster_of

from rollbook.generate import generate_district
from rollbook.oneroster import RESOURCES, Resource, Version, resources_of

KILLS = 26
DISTRICTS = 6
DAYS = 3
WORKERS = 2
STUDENTS = 200
KILLING_SECONDS = 480  # a bound, not an aim: about 6 seconds for each kill on two cores
PATIENCE_SECONDS = 90
MOMENTS = ("staging", "validation", "diff", "guard", "apply", "sharing")
Roster = dict[Resource, Records]


def read_package(folder: Path) -> Package:
    """Read a package with the csv module of Python."""
    rows, columns = {}, {}
    for resource in resources_of(Version.V1_1):
        with (folder / resource.filename).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows[resource] = [*reader]
            columns[resource] = [*(reader.fieldnames or ())]
    return Package(rows=rows, columns=columns)


def look_at_rosters(installation: Installation, expected: list[Roster]) -> list[int]:
    """Check that each district has a whole roster of some day, and return the days."""
    days = []
    with psycopg.connect(installation.database_url) as session:
        session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        districts = session.execute(
            "select d.id, coalesce(r.published_run, 0) from districts_district d "
            "left join roster_roster r on r.district_id = d.id order by d.id"
        ).fetchall()
        for district_id, published_run in districts:
            assert roster_of(district_id, session) == expected[published_run], district_id
            assert faults_of(district_id, session) == []
            days.append(published_run)
    return days


def wait_for_moment(installation: Installation, moment: str, chance: random.Random) -> None:
    """Wait until some worker is in the stage, or just at work."""
    begun = (
        "select 1 from runs_stagerecord s join runs_syncrun r on r.district_id = s.district_id "
        "and r.number = s.run_number join procrastinate_jobs j on j.status = 'doing' "
        "and j.lock = 'district:' || s.district_id join procrastinate_workers w "
        "on w.id = j.worker_id and w.last_heartbeat > now() - interval '2 seconds' "
        f"where s.stage = '{moment}' and s.finished_at is null"
    )
    # A stage may be too short to be caught; being at work is enough then.
    installation.wait_until(lambda: bool(installation.ask(begun)), seconds=2)
    installation.wait_until(lambda: any(map(is_at_work, installation.workers)), seconds=30)
    time.sleep(chance.random() * 0.1)


def most_attempts(installation: Installation) -> int:
    jobs = "select max(attempts) from procrastinate_jobs where queue_name = 'runs'"
    return installation.ask(jobs)[0][0] or 0


def is_done(installation: Installation) -> bool:
    waiting = "select count(*) from procrastinate_jobs where queue_name = 'runs'"
    return installation.ask(waiting)[0][0] == 0


@pytest.mark.slow
def test_killed_workers_leave_whole_rosters_and_the_runs_get_done(
    installation: Installation, tmp_path: Path
) -> None:
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)  # named in the log of a failure
    packages = [tmp_path / f"day-{day}" for day in range(1, DAYS + 1)]
    for day, package in enumerate(packages, start=1):
        generate_district(package, students=STUDENTS, seed=7, day=day, churn=0.05)
    nothing: Roster = {resource: {} for resource in RESOURCES}
    expected = [nothing, *(expected_roster(read_package(package)) for package in packages)]
    installation.deliver(packages, districts=DISTRICTS)

    kills = days_seen = 0
    started = time.monotonic()
    while kills < KILLS and not is_done(installation):
        in_time = time.monotonic() < started + KILLING_SECONDS
        assert in_time, f"seed {seed}, {kills} kills\n{installation.describe()}"
        while len(installation.workers) < WORKERS:
            installation.start_worker()
        if most_attempts(installation) >= 4:  # a delivery that takes six workers down is given up
            assert installation.wait_until(lambda: most_attempts(installation) < 4), seed
        wait_for_moment(installation, chance.choice(MOMENTS), chance)
        kills += installation.kill_worker(chance)
        days = look_at_rosters(installation, expected)
        assert sum(days) >= days_seen, seed  # no roster ever goes back
        days_seen = sum(days)
    assert kills == KILLS, (seed, "the runs were done before; deliver more")

    for worker in installation.workers:
        os.kill(worker, signal.SIGKILL)
    installation.workers.clear()
    for _ in range(WORKERS):
        installation.start_command()
    finished = installation.wait_until(lambda: is_done(installation))
    assert finished, f"seed {seed}\n{installation.describe()}"
    states = installation.ask("select state, count(*) from runs_syncrun group by 1")
    assert states == [("published", DISTRICTS * DAYS)], seed
    assert look_at_rosters(installation, expected) == [DAYS] * DISTRICTS
    left = list((tmp_path / "work").iterdir())
    installation.stop()
    assert len(left) <= WORKERS  # what killed workers left is swept by the next


@pytest.mark.slow
def test_run_of_a_killed_worker_is_taken_up_by_the_other(
    installation: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other is alive all the time; three heartbeats later it counts the first as dead."""
    package = tmp_path / "package"
    generate_district(package, students=STUDENTS, seed=7, day=1, churn=0)
    installation.deliver([package], districts=1)
    for _ in range(2):
        installation.start_worker()
    assert installation.wait_until(lambda: any(map(is_at_work, installation.workers)))
    (first,) = filter(is_at_work, installation.workers)
    os.kill(first, signal.SIGKILL)
    installation.workers.remove(first)
    killed_at = time.monotonic()
    assert installation.wait_until(lambda: is_at_work(*installation.workers)), "nobody took it up"
    silence = time.monotonic() - killed_at
    assert installation.wait_until(lambda: is_done(installation)), installation.describe()
    assert installation.ask("select state from runs_syncrun") == [("published",)]
    expected = [{}, expected_roster(read_package(package))]
    assert look_at_rosters(installation, expected) == [1]
    with capsys.disabled():
        sys.stderr.write(f" [taken up {silence:.0f} s after the kill] ")
