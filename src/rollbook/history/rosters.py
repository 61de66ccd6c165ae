"""Open the roster of any published run in DuckDB, whole: every resource of every source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rollbook.diff.naming import named_like
from rollbook.filestore import fetch_file
from rollbook.history.errors import SnapshotGoneError
from rollbook.oneroster import RESOURCES, Resource, fields_of
from rollbook.runs.models import RunState, SyncRun

IDENTITIES = "identities"
_IDENTITY_COLUMNS = ("resource", "sourcedId", "servedId")


@dataclass(frozen=True, slots=True)
class RosterFiles:
    """The files of one snapshot on this machine.

    Attributes:
        run_number: The published run.
        sources: For each source the path of each resource's file, and of those beside them.
    """

    run_number: int
    sources: Mapping[int, Mapping[str, Path]]

    def of(self, resource: Resource) -> dict[int, Path]:
        """Return the file of a resource for each source that has one."""
        return {
            number: files[resource] for number, files in self.sources.items() if resource in files
        }


def find_kept_run(district_id: int, number: int) -> SyncRun:
    """Return a published run whose snapshot is kept.

    Raises:
        SnapshotGoneError: There is no such run, it published nothing, or its files are gone.
    """
    run = SyncRun.objects.filter(district_id=district_id, number=number).first()
    if run is None:
        raise SnapshotGoneError(f"There is no run {number}. `rollbook runs` lists those there are.")
    if run.state != RunState.PUBLISHED:
        raise SnapshotGoneError(
            f"Run {number} published nothing, so there is no roster of it. "
            "`rollbook runs` lists the published ones."
        )
    if not run.snapshot:
        raise SnapshotGoneError(
            f"The snapshot of run {number} is not kept any more: snapshots thin out with age. "
            "Take a published run near it."
        )
    return run


def fetch_roster(run: SyncRun, *, folder: Path) -> RosterFiles:
    """Make the whole snapshot of a published run readable on this machine.

    Args:
        folder: Where files of a remote storage are copied to.
    """
    return RosterFiles(
        run.number,
        {
            int(source): {
                name: fetch_file(key, into=folder / source / f"{name}.parquet")
                for name, key in keys.items()
            }
            for source, keys in run.snapshot.items()
        },
    )


def define_roster(database: duckdb.DuckDBPyConnection, roster: RosterFiles, schema: str) -> None:
    """Make a view for each resource: source, sourcedId, servedId, the kept fields, metadata.

    Every value is text, as it was delivered. `servedId` is what applications know; ids of two
    sources live in two name spaces, so it alone is unique.
    """
    database.execute(f'create schema if not exists "{schema}"')
    identities = union_of(
        {
            number: files[IDENTITIES]
            for number, files in roster.sources.items()
            if IDENTITIES in files
        },
        _IDENTITY_COLUMNS,
        database,
    )
    database.execute(f'create or replace view "{schema}".identities as {identities}')
    for resource in RESOURCES:
        rows = union_of(roster.of(resource), columns_of(resource), database)
        database.execute(
            f'create or replace view "{schema}"."{resource}" as '
            "select r.source, r.sourcedId, coalesce(i.servedId, r.sourcedId) as servedId, "
            f"r.* exclude (source, sourcedId) from ({rows}) as r "
            f'left join "{schema}".identities as i on r.source = i.source '
            f"and i.resource = '{named_like(resource)}' and r.sourcedId = i.sourcedId"
        )


def columns_of(resource: Resource) -> tuple[str, ...]:
    """Return the columns of a resource in a snapshot, the id first."""
    return (*(field.name for field in fields_of(resource) if field.is_kept), "metadata")


def union_of(
    files: Mapping[int, Path], columns: tuple[str, ...], database: duckdb.DuckDBPyConnection
) -> str:
    """Return the select over files of several sources, each row with its `source`.

    A snapshot may be older than a field: then the field says nothing.
    """
    selects = [
        f"select {number:d} as source, {', '.join(_there(database, path, columns))} "
        f"from read_parquet({literal(path)})"
        for number, path in files.items()
    ]
    empty = ", ".join(f'null::varchar as "{name}"' for name in columns)
    return " union all ".join(selects) or f"select null::integer as source, {empty} where false"


def _there(database: duckdb.DuckDBPyConnection, path: Path, columns: tuple[str, ...]) -> list[str]:
    described = database.execute(f"select * from read_parquet({literal(path)}) limit 0").description
    there = {column[0] for column in described or ()}
    return [f'"{name}"' if name in there else f'null::varchar as "{name}"' for name in columns]


def literal(path: Path) -> str:
    """Return a path as an SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
