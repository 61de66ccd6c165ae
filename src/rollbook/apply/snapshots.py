"""Snapshots in the file storage: written by a run, read by the next."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.core.files.storage import default_storage

from rollbook.diff.data import ChangeSet
from rollbook.diff.snapshot import write_notes, write_resource
from rollbook.filestore import fetch_file, store_file
from rollbook.oneroster import RESOURCES, Resource, fields_of
from rollbook.staging.data import Snapshot
from rollbook.validation.notes import NOTES

SnapshotKeys = dict[str, str]


def store_snapshot(
    change_set: ChangeSet, *, folder: str, previous: Mapping[str, str]
) -> SnapshotKeys:
    """Write what the roster will be, a Parquet file per resource that changes.

    Args:
        folder: Where in the storage. Each attempt writes files of its own: another one may have
            published already, and then its files are the roster's.
        previous: Keys of the last snapshot; a resource without changes keeps its file.

    Returns:
        The storage key of each resource that has records, and of each note.
    """
    attempt = f"{folder}/{uuid4().hex[:8]}"
    try:
        return _store_attempt(change_set, attempt, previous)
    except Exception:
        with suppress(OSError):  # nothing knows of it yet, and a full disk wants its room back
            _drop(attempt)
        raise


def _store_attempt(
    change_set: ChangeSet, attempt: str, previous: Mapping[str, str]
) -> SnapshotKeys:
    keys = {}
    with change_set.workspace.connect() as database:
        for resource in RESOURCES:
            counts = change_set.counts[resource]
            if resource in previous and not _reads_otherwise(change_set, resource):
                keys[str(resource)] = previous[resource]
            elif counts.active_after:
                path = change_set.workspace.folder / f"next-{resource}.parquet"
                write_resource(database, resource, path)
                keys[str(resource)] = store_file(path, f"{attempt}/{resource}.parquet")
        for name, path in write_notes(database, change_set.workspace.folder).items():
            keys[name] = store_file(path, f"{attempt}/{name}.parquet")
    return keys


def store_notes(change_set: ChangeSet, *, folder: str, keys: SnapshotKeys) -> SnapshotKeys:
    """Write the notes of a snapshot anew, and return its keys with theirs.

    Nothing names those that were written before; they are removed.
    """
    attempt = f"{folder}/{uuid4().hex[:8]}"
    with change_set.workspace.connect() as database:
        written = write_notes(database, change_set.workspace.folder)
    notes = {name: store_file(path, f"{attempt}/{name}.parquet") for name, path in written.items()}
    for name in NOTES:
        if name in keys:
            default_storage.delete(keys[name])
    return {name: key for name, key in keys.items() if name not in NOTES} | notes


def _reads_otherwise(change_set: ChangeSet, resource: Resource) -> bool:
    """Whether the file of a resource changes: its records, or the ids that they name."""
    named = (field.refers_to for field in fields_of(resource) if field.refers_to)
    counts = change_set.counts
    return bool(counts[resource].total or any(counts[target].rekey for target in named))


def drop_other_attempts(folder: str, *, keep: Mapping[str, str]) -> None:
    """Remove what interrupted attempts left in a published run's folder."""
    kept = {key.rsplit("/", 1)[0] for key in keep.values()}
    with suppress(FileNotFoundError):  # a run may publish without a file of its own
        for attempt in default_storage.listdir(folder)[0]:
            if f"{folder}/{attempt}" not in kept:
                _drop(f"{folder}/{attempt}")


def _drop(folder: str) -> None:
    for name in default_storage.listdir(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def fetch_snapshot(keys: Mapping[str, str], *, folder: Path) -> Snapshot | None:
    """Make a published snapshot readable on this machine; None when nothing is published.

    Args:
        folder: Where files of a remote storage are copied to.
    """
    if not keys:
        return None
    paths = {name: fetch_file(key, into=folder / f"{name}.parquet") for name, key in keys.items()}
    return Snapshot(
        files={Resource(name): path for name, path in paths.items() if name not in NOTES},
        notes={name: path for name, path in paths.items() if name in NOTES},
    )


def fetch_others(others: Mapping[str, Mapping[str, str]], *, folder: Path) -> tuple[Snapshot, ...]:
    """Make what other sources have published readable, in the order of their numbers."""
    fetched = (
        fetch_snapshot(others[number], folder=folder / number) for number in sorted(others, key=int)
    )
    return tuple(snapshot for snapshot in fetched if snapshot)
