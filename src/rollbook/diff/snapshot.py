"""Write the records as they will be, as Parquet: the snapshot that the next delivery meets."""

from __future__ import annotations

from pathlib import Path

import duckdb

from rollbook.diff.data import ChangeSet
from rollbook.oneroster import Resource
from rollbook.staging.data import Snapshot
from rollbook.validation.notes import NOTES
from rollbook.validation.standing import has_rows


def write_snapshot(change_set: ChangeSet) -> Snapshot:
    """Write every resource that will have records into the workspace, and the notes."""
    files = {}
    with change_set.workspace.connect() as database:
        for resource, counts in change_set.counts.items():
            if counts.active_after:
                files[resource] = change_set.workspace.folder / f"next-{resource}.parquet"
                write_resource(database, resource, files[resource])
        return Snapshot(files=files, notes=write_notes(database, change_set.workspace.folder))


def write_resource(database: duckdb.DuckDBPyConnection, resource: Resource, path: Path) -> None:
    """Write one resource of a change set."""
    _write(database, f"next_{resource}", path)


def write_notes(database: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Path]:
    """Write what there is to note besides the records; most often it is nothing."""
    notes = {}
    for name in NOTES:
        if has_rows(database, f"{name}_next"):
            notes[name] = folder / f"next-{name}.parquet"
            _write(database, f"{name}_next", notes[name])
    return notes


def _write(database: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    target = str(path).replace("'", "''")
    database.execute(f"copy (from \"{table}\") to '{target}' (format parquet, compression zstd)")
