from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from procrastinate import App, PsycopgConnector

from rollbook.processes import upkeep

PATIENCE_SECONDS = 120


@pytest.fixture
def start(database_url: str, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Return what starts a `rollbook` command on a database of its own."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "ROLLBOOK_DATA": str(tmp_path),
        "ROLLBOOK_HEARTBEAT_SECONDS": "1",
        "ROLLBOOK_STOP_SECONDS": "2",
    }

    def starter(*arguments: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / "log").open("ab")
        command = [sys.executable, "-m", "rollbook.commands", *arguments]
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        log.close()
        started.append(process)
        return process

    yield starter
    for process in started:
        process.kill()
        process.wait()


def wait_until(is_true: Callable[[], bool], *, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def one(database_url: str, query: str) -> object:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def defer_upkeep(database_url: str) -> None:
    """Queue the upkeep task as a scheduler would."""

    async def defer() -> None:
        app = App(connector=PsycopgConnector(conninfo=database_url))
        async with app.open_async():
            name = upkeep.take_up_stalled_jobs.name
            await app.configure_task(name, queue="upkeep").defer_async(timestamp=0)

    asyncio.run(defer())


def test_worker_takes_jobs_and_ends_in_good_order(
    database_url: str, tmp_path: Path, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    defer_upkeep(database_url)
    worker = start("worker")
    log = tmp_path / "log"
    waiting = "select count(*) from procrastinate_jobs where status = 'todo'"
    wait_until(lambda: one(database_url, waiting) == 0, log=log)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_SECONDS) == 0
    assert "worker ends" in log.read_text()
    assert one(database_url, "select count(*) from procrastinate_workers") == 0


@pytest.mark.slow
def test_job_of_a_killed_worker_is_taken_up_again(
    database_url: str, tmp_path: Path, start: Callable[..., subprocess.Popen[bytes]]
) -> None:
    # A worker that was killed a minute ago, with a job in its hands.
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into procrastinate_workers (last_heartbeat) "
            "values (now() - interval '1 minute')"
        )
        connection.execute(
            "insert into procrastinate_jobs (queue_name, task_name, status, worker_id) "
            "select 'runs', 'a task of no app', 'doing', id from procrastinate_workers"
        )
    start("worker")
    # It is taken up again, and fails because there is no such task: it was somebody's turn.
    taken_up = (
        "select count(*) from procrastinate_jobs where queue_name = 'runs' and status = 'failed'"
    )
    wait_until(lambda: one(database_url, taken_up) == 1, log=tmp_path / "log")
