"""Files of the storage on this machine."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

_CHUNK_BYTES = 1024 * 1024


def fetch_file(key: str, *, into: Path) -> Path:
    """Make a stored file readable on this machine: itself, or a copy where storage is remote."""
    try:
        return Path(default_storage.path(key))
    except NotImplementedError:  # a remote storage has no paths
        into.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(key) as stored, into.open("wb") as copy:
            shutil.copyfileobj(stored, copy, length=_CHUNK_BYTES)
        return into


def store_file(path: Path, key: str) -> str:
    """Store a file and return the key that it got."""
    with path.open("rb") as file:
        return default_storage.save(key, File(file))


def delete_file(key: str) -> None:
    """Delete a stored file; one that is gone already is gone."""
    with suppress(FileNotFoundError):
        default_storage.delete(key)


def digest_of(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
