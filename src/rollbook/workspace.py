"""A run's folder on the machine that works on it, gone when the run rests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from rollbook.runs.models import SyncRun
from rollbook.staging.data import Workspace


@contextmanager
def open_workspace(run: SyncRun) -> Iterator[Workspace]:
    """Yield an empty folder, and remove it afterwards with what killed workers left here."""
    base = settings.ROLLBOOK_DATA / "work"
    base.mkdir(parents=True, exist_ok=True)
    _sweep(base)
    folder = base / f"{run.district_id}-{run.number}-{os.getpid()}"
    folder.mkdir()
    try:
        yield Workspace(folder, memory_limit=settings.ROLLBOOK_MEMORY_LIMIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(base: Path) -> None:
    for folder in base.iterdir():
        pid = folder.name.rsplit("-", 1)[-1]
        if pid.isdigit() and int(pid) != os.getpid() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(folder, ignore_errors=True)
