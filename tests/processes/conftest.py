"""The web server, started and stopped."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.processes.serving import Serve, port_of, start_web


@pytest.fixture
def serve(database_url: str, tmp_path: Path) -> Iterator[Serve]:
    """Return what starts the web server on a free port and answers with its pid and port."""
    started: list[subprocess.Popen[bytes]] = []
    usual = {
        "DATABASE_URL": database_url,
        "ROLLBOOK_WEB_BIND": "127.0.0.1:0",
        "ROLLBOOK_STOP_SECONDS": "2",
    }

    def starter(**environment: str) -> tuple[int, int]:
        started.append(start_web(tmp_path, {**usual, **environment}))
        return started[-1].pid, port_of(tmp_path)

    yield starter
    for process in started:
        process.kill()
        process.wait()
