"""Write the records as they will be, as Parquet: the snapshot that the next delivery meets."""

from __future__ import annotations

from pathlib import Path

import duckdb

from rollbook.diff.data import ChangeSet
from rollbook.oneroster import Resource
from rollbook.staging.data import Snapshot


def write_snapshot(change_set: ChangeSet) -> Snapshot:
    """Write every resource that will have records into the workspace."""
    files = {}
    with change_set.workspace.connect() as database:
        for resource, counts in change_set.counts.items():
            if counts.active_after:
                files[resource] = change_set.workspace.folder / f"next-{resource}.parquet"
                write_resource(database, resource, files[resource])
    return Snapshot(files=files)


def write_resource(database: duckdb.DuckDBPyConnection, resource: Resource, path: Path) -> None:
    """Write one resource of a change set."""
    target = str(path).replace("'", "''")
    database.execute(
        f"copy (from \"next_{resource}\") to '{target}' (format parquet, compression zstd)"
    )
