from __future__ import annotations

import json
import os
import re
import signal
import socket
from contextlib import suppress
from pathlib import Path

import pytest
from tests.processes.serving import Serve, get, wait_until

from rollbook.processes.web import AddressTakenError, reserve


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def exists(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    return False


def test_server_answers_from_a_pool_and_stops_when_told(serve: Serve, tmp_path: Path) -> None:
    pid, port = serve()
    for _ in range(20):
        status, body = get(port, "/readyz")
        assert (status, json.loads(body)) == (200, {"status": "ready"})
    assert get(port, "/nowhere")[0] == 404
    os.kill(pid, signal.SIGTERM)
    wait_until(lambda: get(port, "/healthz")[0] == 0, log=tmp_path / "log")


def test_style_sheets_are_served_under_names_that_may_be_kept(
    serve: Serve,
) -> None:
    _, port = serve()
    _, page = get(port, "/accounts/login/")
    for path in re.findall(rb'(?:href|src)="(/static/[^"]+)"', page):
        assert get(port, path.decode())[0] == 200


def test_processes_of_a_killed_server_end(serve: Serve, tmp_path: Path) -> None:
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
