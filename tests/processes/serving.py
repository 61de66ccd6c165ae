"""Start the web server as an operator does, and ask it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

PATIENCE_SECONDS = 120


class Serve(Protocol):
    """Starts the web server on a free port and returns its pid and port."""

    def __call__(self, **environment: str) -> tuple[int, int]: ...


def start_web(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the web server; its log is in the folder."""
    with (folder / "log").open("wb") as output:
        command = [sys.executable, "-m", "rollbook.commands", "web"]
        whole = {**os.environ, "ROLLBOOK_DATA": str(folder), **environment}
        return subprocess.Popen(command, env=whole, stdout=output, stderr=output)


def port_of(folder: Path) -> int:
    """Wait until the web server of a folder answers, and return its port."""
    log = folder / "log"
    wait_until(lambda: '"port"' in log.read_text(), log=log)
    (port,) = re.findall(r'"port": (\d+)', log.read_text())
    wait_until(lambda: get(int(port), "/healthz")[0] == 200, log=log)
    return int(port)


def wait_until(is_true: Callable[[], bool], *, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def get(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except OSError:
        return 0, b""
