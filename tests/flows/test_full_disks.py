"""A disk is full in the midst of a run: it is told, waited for, and the run is published.

The disks are small ones of memory, which only the worker or only the server sees.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from tests.flows.installation import Installation
from tests.flows.ownserver import OwnServer
from tests.flows.smalldisk import can_mount, enlarge, on_small_disk, size_of
from tests.flows.test_killed_workers import read_package
from tests.rosters import expected_roster, faults_of, roster_of

from rollbook.generate import generate_district

STUDENTS = 1_500
BOUND_SECONDS = 240

pytestmark = pytest.mark.slow


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not can_mount(folder):
        pytest.skip("this system lets its users mount nothing")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    package = tmp_path / "package"
    generate_district(package, students=STUDENTS, seed=7, day=1, churn=0)
    return package


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OwnServer]:
    # So long a path that the socket is elsewhere, where others see it.
    server = OwnServer(tmp_path / ("postgres" + "s" * 80))
    yield server
    server.stop()


def test_full_disk_of_the_worker_is_told_and_waited_for(
    disk: Path, package: Path, installation: Installation
) -> None:
    work = Path(installation.environment["ROLLBOOK_DATA"]) / "work"
    work.mkdir()
    installation.deliver([package], districts=1)
    # Room for the files, and not for the snapshot.
    megabytes = size_of(package) / 1024**2 + 0.1
    installation.start_command(*on_small_disk(work, megabytes=megabytes))
    worker = installation.commands[0].pid
    _expect_published_once_there_is_room(
        installation,
        package,
        make_room=lambda: enlarge(work, process=worker, megabytes=500),
        keep=lambda: None,
    )
    assert installation.commands[0].poll() is None  # it never went down
    assert list(work.iterdir()) == []


def test_full_disk_of_the_database_is_told_and_waited_for(
    disk: Path, package: Path, server: OwnServer, tmp_path: Path
) -> None:
    installation = Installation(server.address, tmp_path)
    try:
        installation.migrate()
        installation.deliver([package], districts=1)
        server.stop()
        tables, kept = server.folder / "cluster" / "base", tmp_path / "base"
        shutil.copytree(tables, kept)
        server.start(*on_small_disk(tables, megabytes=6, contents=kept))
        _expect_published_once_there_is_room(
            installation,
            package,
            make_room=lambda: enlarge(tables, process=server.pid, megabytes=2_000),
            keep=lambda: installation.keep_commands(1),
        )
    finally:
        installation.stop()


def _expect_published_once_there_is_room(
    installation: Installation,
    package: Path,
    *,
    make_room: Callable[[], None],
    keep: Callable[[], None],
) -> None:
    _wait_until(installation, lambda: "rollbook.disk_full" in installation.log.read_text(), keep)
    assert _roster(installation) == {resource: {} for resource in _roster(installation)}
    assert installation.ask("select finished_at from runs_syncrun") == [(None,)]
    make_room()
    published = "select count(*) from runs_syncrun where state = 'published'"
    _wait_until(installation, lambda: installation.ask(published) == [(1,)], keep)
    assert _roster(installation) == expected_roster(read_package(package))


def _wait_until(
    installation: Installation, is_true: Callable[[], bool], keep: Callable[[], None]
) -> None:
    deadline = time.monotonic() + BOUND_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, installation.describe()
        keep()
        time.sleep(0.2)


def _roster(installation: Installation) -> object:
    with psycopg.connect(installation.database_url) as session:
        ((district,),) = session.execute("select id from districts_district").fetchall()
        assert faults_of(district, session) == []
        return roster_of(district, session)
