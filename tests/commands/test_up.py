from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from rollbook.postgres.address import dsn_of

PATIENCE_SECONDS = 180


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Return what starts `rollbook up` in the test's folder, and waits until all of it works."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "ROLLBOOK_DATA": str(tmp_path),
        "ROLLBOOK_WEB_BIND": "127.0.0.1:0",
        "ROLLBOOK_STOP_SECONDS": "3",
    }

    def starter() -> subprocess.Popen[bytes]:
        path = tmp_path / "log"
        with path.open("wb") as log:
            command = [sys.executable, "-m", "rollbook.commands", "up"]
            started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
        wait_until(lambda: is_ready(path) and "worker starts" in path.read_text(), path)
        return started[-1]

    yield starter
    for process in started:
        process.kill()
        process.wait()


def wait_until(is_true: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def is_ready(log: Path) -> bool:
    ports = re.findall(r'web .*"port": (\d+)', log.read_text())
    with suppress(OSError):
        url = f"http://127.0.0.1:{ports[-1] if ports else 9}/readyz"
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    return False


def belonging_to(folder: Path) -> list[int]:
    """Return the processes that have this installation's folder in their environment or command."""
    found = []
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            said = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            if str(folder).encode() in said and process.name != str(os.getpid()):
                found.append(int(process.name))
    return found


def roles_at_work(folder: Path) -> set[str]:
    """Return who is signed in to the installation's PostgreSQL, after the web was asked."""
    with psycopg.connect(dsn_of(folder / "postgres")) as owner:
        rows = owner.execute(
            "select distinct usename from pg_stat_activity where backend_type = 'client backend'"
        )
        return {name for (name,) in rows}


@pytest.mark.slow
def test_up_runs_everything_and_leaves_nothing_behind(
    start: Callable[[], subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    for number in (signal.SIGINT, signal.SIGKILL):
        up = start()
        assert len(belonging_to(tmp_path)) > 5
        assert roles_at_work(tmp_path) == {"rollbook", "rollbook_web"}
        up.send_signal(number)
        up.wait(PATIENCE_SECONDS)
        wait_until(lambda: not belonging_to(tmp_path), tmp_path / "log")
        assert not (tmp_path / "postgres" / "cluster" / "postmaster.pid").exists()
