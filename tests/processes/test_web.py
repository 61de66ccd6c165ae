from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from rollbook.processes.web import AddressTakenError, reserve

PATIENCE_SECONDS = 120


@pytest.fixture
def serve(database_url: str, tmp_path: Path) -> Iterator[Callable[[], tuple[int, int]]]:
    """Return what starts the web server on a free port and answers with its pid and port."""
    started: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "ROLLBOOK_DATA": str(tmp_path),
        "ROLLBOOK_WEB_BIND": "127.0.0.1:0",
        "ROLLBOOK_STOP_SECONDS": "2",
    }
    log = tmp_path / "log"

    def starter() -> tuple[int, int]:
        with log.open("wb") as output:
            command = [sys.executable, "-m", "rollbook.commands", "web"]
            process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        started.append(process)
        wait_until(lambda: '"port"' in log.read_text(), log=log)
        (port,) = re.findall(r'"port": (\d+)', log.read_text())
        wait_until(lambda: get(int(port), "/healthz")[0] == 200, log=log)
        return process.pid, int(port)

    yield starter
    for process in started:
        process.kill()
        process.wait()


def wait_until(is_true: Callable[[], bool], *, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def get(port: int, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except OSError:
        return 0, b""


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def exists(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    return False


def test_server_answers_from_a_pool_and_stops_when_told(
    serve: Callable[[], tuple[int, int]], tmp_path: Path
) -> None:
    pid, port = serve()
    for _ in range(20):
        status, body = get(port, "/readyz")
        assert (status, json.loads(body)) == (200, {"status": "ready"})
    assert get(port, "/nowhere")[0] == 404
    os.kill(pid, signal.SIGTERM)
    wait_until(lambda: get(port, "/healthz")[0] == 0, log=tmp_path / "log")


def test_style_sheets_are_served_under_names_that_may_be_kept(
    serve: Callable[[], tuple[int, int]],
) -> None:
    _, port = serve()
    _, page = get(port, "/accounts/login/")
    for path in re.findall(rb'(?:href|src)="(/static/[^"]+)"', page):
        assert get(port, path.decode())[0] == 200


def test_processes_of_a_killed_server_end(
    serve: Callable[[], tuple[int, int]], tmp_path: Path
) -> None:
    pid, _ = serve()
    own = children(pid)
    assert len(own) >= 2
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(map(exists, own)), log=tmp_path / "log")


def test_address_in_use_is_refused_with_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        host, port = other.getsockname()
        with pytest.raises(AddressTakenError, match=f"ROLLBOOK_WEB_BIND={host}:{port + 1}"):
            reserve(host, port)


def test_port_0_becomes_a_free_port() -> None:
    with reserve("127.0.0.1", 0) as reserved:
        assert reserved.getsockname()[1] > 0
