"""A PostgreSQL server that only one test uses, because it breaks it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path


class OwnServer:
    """A running server, its data in a folder.

    Attributes:
        address: Of its database.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self, *before: str) -> None:
        """Start it, by a command that stands before it if need be."""
        self._starter = subprocess.Popen(
            [*before, sys.executable, "-m", "tests.flows.starter", str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._starter.stdout
        self.address = self._starter.stdout.readline().strip()
        assert self.address, "the server did not start"

    @property
    def pid(self) -> int:
        text = (self.folder / "cluster" / "postmaster.pid").read_text()
        return int(text.splitlines()[0])

    def crash(self) -> None:
        """Shut it down as a crash would: sessions are cut, and the next start replays the log."""
        os.kill(self.pid, signal.SIGQUIT)
        self.stop()

    def stop(self) -> None:
        self._starter.communicate("")
