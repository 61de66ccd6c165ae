"""An installation of its own for one test: a database, a data folder, and workers to be harmed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

PATIENCE_SECONDS = 90


class Installation:
    """A database and a data folder, and the workers that work on them."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.database_url = database_url
        self.log = folder / "log"
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "ROLLBOOK_DATA": str(folder),
            "ROLLBOOK_HEARTBEAT_SECONDS": "1",
            "ROLLBOOK_STOP_SECONDS": "2",
            "ROLLBOOK_LOG_STYLE": "json",
        }
        with self.log.open("ab") as log:
            self._nursery = subprocess.Popen(
                [sys.executable, "-m", "tests.flows.nursery"],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.workers: list[int] = []
        self.commands: list[subprocess.Popen[bytes]] = []

    def deliver(self, packages: list[Path], *, districts: int) -> None:
        command = [sys.executable, "-m", "tests.flows.deliverer", str(districts)]
        command += map(str, packages)
        subprocess.run(command, env=self.environment, check=True)

    def start_worker(self) -> None:
        """Start a worker by a fork, and note its process id."""
        nursery = self._nursery
        assert nursery.stdin
        assert nursery.stdout
        nursery.stdin.write("\n")
        nursery.stdin.flush()
        self.workers.append(int(nursery.stdout.readline()))

    def migrate(self) -> None:
        command = [sys.executable, "-m", "rollbook.commands", "migrate"]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def start_command(self, *before: str) -> None:
        """Start a worker as an operator does, by a command that stands before it if need be."""
        with self.log.open("ab") as log:
            command = [*before, sys.executable, "-m", "rollbook.commands", "worker"]
            worker = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        self.commands.append(worker)

    def keep_commands(self, count: int, *before: str) -> None:
        """Do what the supervisor does: start a worker for each that ended."""
        self.commands[:] = [worker for worker in self.commands if worker.poll() is None]
        while len(self.commands) < count:
            self.start_command(*before)

    def kill_worker(self, chance: random.Random) -> bool:
        """Kill a worker, one that is at work if there is any; return whether it was."""
        at_work = [worker for worker in self.workers if is_at_work(worker)]
        worker = chance.choice(at_work or self.workers)
        self.workers.remove(worker)
        os.kill(worker, signal.SIGKILL)
        return bool(at_work)

    def stop(self) -> None:
        for worker in self.workers:
            os.kill(worker, signal.SIGKILL)
        self.workers.clear()
        for process in (*self.commands, self._nursery):
            process.kill()
            process.communicate()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query).fetchall()  # type: ignore[call-overload]

    def wait_until(self, is_true: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> bool:
        deadline = time.monotonic() + seconds
        while not is_true():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def describe(self) -> str:
        """Say where everything stands, for whoever reads a failure."""
        queries = (
            "select id, queue_name, status, attempts, lock, worker_id, scheduled_at "
            "from procrastinate_jobs where status <> 'succeeded' order by id",
            "select id, last_heartbeat, now() from procrastinate_workers order by id",
            "select district_id, number, state from runs_syncrun order by 1, 2",
            "select pid, state, wait_event, left(query, 80) from pg_stat_activity "
            "where datname = current_database()",
        )
        rows = [str(row) for query in queries for row in self.ask(query)]
        return "\n".join([*rows, self.log.read_text()[-5_000:]])


def is_at_work(worker: int) -> bool:
    """Whether a worker holds the folder of a run."""
    try:
        held = [link.readlink() for link in Path(f"/proc/{worker}/fd").iterdir()]
    except OSError:  # it has just closed one
        return False
    return any(path.parent.name == "work" for path in held)
