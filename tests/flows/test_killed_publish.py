"""A publish killed at each of its points leaves the old roster or the new one, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.packages import ENROLLMENTS, USERS, Package, small_district
from tests.rosters import (
    deliver,
    expected_roster,
    faults_of,
    receive,
    roster_of,
    session,
)

pytestmark = pytest.mark.django_db(transaction=True)


def changed() -> Package:
    """Somebody changes, somebody comes, somebody goes."""
    package = small_district()
    package.row(USERS, "stu-1")["givenName"] = "Changed"
    package.rows[USERS].append({**package.row(USERS, "stu-2"), "sourcedId": "stu-new"})
    gone = package.rows[ENROLLMENTS].pop()
    assert gone
    return package


def address_of_database() -> str:
    """Return the address of the database that Django is connected to."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    return f"postgresql:///{database['NAME']}?host={database['HOST']}&user={database['USER']}"


@contextmanager
def publisher(run: Any) -> Iterator[subprocess.Popen[str]]:
    from django.conf import settings

    address = address_of_database()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.flows.publisher", str(run.district_id), str(run.number)],
        env={**os.environ, "DATABASE_URL": address, "ROLLBOOK_DATA": str(settings.ROLLBOOK_DATA)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer(process: subprocess.Popen[str], point: int) -> str:
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{point}\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


@pytest.mark.slow
@pytest.mark.parametrize("is_first", [True, False], ids=["first load", "night"])
def test_publish_killed_at_each_point_is_whole_or_not_at_all(
    is_first: bool, connection: Any, district: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    from rollbook import pipeline

    if not is_first:
        deliver(district, small_district())
    before, after = roster_of(district.pk), expected_roster(changed())
    run = receive(district, changed())
    kills, roster = 0, before
    with publisher(run) as process:
        while roster == before:
            said = answer(process, kills + 1)
            assert said == "killed by 9", (said, kills)
            kills += 1
            roster = roster_of(district.pk)
            assert roster in (before, after), kills
    assert roster == after  # the last came just after the commit
    assert faults_of(district.pk) == []
    pipeline.run_sync(district.pk, run.number)  # the job is taken up by another worker
    run.refresh_from_db()
    assert run.state == "published"
    assert roster_of(district.pk) == after
    assert deliver(district, changed()).state == "unchanged"  # its snapshot is the roster
    assert nothing_left_behind(run) == []
    assert kills > 40
    with capsys.disabled():
        sys.stderr.write(f" [{kills} kills in one publish, {kills - 1} left the old roster] ")


def nothing_left_behind(run: Any) -> list[str]:
    """Name locks, temporary tables, folders of runs, and files of attempts that were killed."""
    from django.conf import settings
    from django.core.files.storage import default_storage

    folder = f"snapshots/{run.district_id}/{run.number}"
    attempts = default_storage.listdir(folder)[0]
    kept = {Path(key).parent.name for keys in run.snapshot.values() for key in keys.values()}
    left = [f"attempt {attempt}" for attempt in attempts if attempt not in kept]
    queries = (
        "select 'lock of ' || pid from pg_locks where locktype = 'advisory' "
        "and database = (select oid from pg_database where datname = current_database())",
        "select 'temporary table ' || relname from pg_class where relpersistence = 't'",
    )
    left += [name for query in queries for (name,) in session().execute(query)]
    work = settings.ROLLBOOK_DATA / "work"
    return left + [f"folder {it.name}" for it in work.glob(f"{run.district_id}-{run.number}-*")]
