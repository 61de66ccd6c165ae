"""A run's folder on the machine that works on it, gone when the run rests."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from rollbook.runs.models import SyncRun
from rollbook.staging.data import Workspace


@contextmanager
def open_workspace(run: SyncRun) -> Iterator[Workspace]:
    """Yield an empty folder for a run, and remove it afterwards."""
    with open_folder(f"{run.district_id}-{run.number}-") as workspace:
        yield workspace


@contextmanager
def open_folder(prefix: str) -> Iterator[Workspace]:
    """Yield an empty folder, and remove it afterwards; before, remove what killed workers left.

    Whoever works in a folder holds a lock on it, which ends with its process. Process ids would not
    do: in a container every worker has the same.
    """
    base = settings.ROLLBOOK_DATA / "work"
    base.mkdir(parents=True, exist_ok=True)
    with _locked(base):  # nobody sweeps between making the folder and locking it
        _sweep(base)
        folder = Path(mkdtemp(prefix=prefix, dir=base))
        lock = _lock(folder)
    workspace = Workspace(folder, memory_limit=settings.ROLLBOOK_MEMORY_LIMIT)
    try:
        yield workspace
    finally:
        workspace.close()
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _sweep(base: Path) -> None:
    for folder in base.iterdir():
        with suppress(BlockingIOError, FileNotFoundError):
            lock = _lock(folder, wait=False)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = _lock(folder)
    try:
        yield
    finally:
        os.close(lock)


def _lock(folder: Path, *, wait: bool = True) -> int:
    """Lock a folder until what is returned is closed."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
