"""`rollbook sync`: a delivery from the command line, whatever was left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from tests.packages import small_district


def command(folder: Path, database_url: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "ROLLBOOK_DATA": str(folder / "data"),
        "ROLLBOOK_HEARTBEAT_SECONDS": "1",
        "SECRET_KEY": "a key for tests that signs nothing of value",
    }
    line = [sys.executable, "-m", "rollbook.commands", "sync", *arguments]
    return subprocess.Popen(line, env=environment, stdout=subprocess.PIPE)


def test_sync_goes_on_after_one_that_was_killed(tmp_path: Path, database_url: str) -> None:
    package = small_district().write(tmp_path / "delivery")
    arguments = (str(package), "--district", "Oak", "--create")
    killed = command(tmp_path, database_url, *arguments)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not _is_at_work(database_url):
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    again = command(tmp_path, database_url, *arguments)
    said, _ = again.communicate(timeout=120)
    assert again.returncode == 0, said
    with psycopg.connect(database_url) as connection:
        states = connection.execute("select state from runs_syncrun order by number").fetchall()
    assert [state for (state,) in states] == ["published", "unchanged"]


def _is_at_work(database_url: str) -> bool:
    with psycopg.connect(database_url) as connection:
        return bool(
            connection.execute("select 1 from procrastinate_jobs where status = 'doing'").fetchone()
        )
