"""A folder of files that are on the disk once they are stored."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage
from typing_extensions import override


class DurableFolder(FileSystemStorage):
    """Django's folder storage, which returns only when the file would outlast a power cut.

    A transaction names what it has stored: a delivery, a snapshot. PostgreSQL makes the transaction
    last; did its file not, the next run would have nothing to compare with.
    """

    @override
    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        stored = super().save(name, content, max_length)
        path, root = Path(self.path(stored)), Path(self.location)
        _make_last(path)
        for folder in path.parents:  # each has a new entry, or may be one itself
            _make_last(folder)
            if folder == root:
                break
        return stored


def _make_last(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
