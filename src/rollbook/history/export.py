"""Write the roster of a published run as files that anybody can open."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from rollbook.history.errors import HistoryError
from rollbook.history.rosters import RosterFiles, define_roster, literal
from rollbook.oneroster import RESOURCES
from rollbook.staging.data import Workspace

_OPTIONS = {"parquet": "format parquet, compression zstd", "csv": "format csv, header true"}


class ExportFormat(StrEnum):
    """What the files are."""

    PARQUET = "parquet"
    CSV = "csv"


def export_roster(
    roster: RosterFiles, folder: Path, *, file_format: ExportFormat, workspace: Workspace
) -> Iterator[tuple[str, int]]:
    """Write a file for each resource that has records; yield its name and its rows.

    Raises:
        HistoryError: The folder holds something; nothing is written over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise HistoryError(f"{folder} is not empty. Name a new or an empty folder.")
    with workspace.connect() as database:
        define_roster(database, roster, "whole")
        for resource in RESOURCES:
            if not roster.of(resource):
                continue
            path = folder / f"{resource}.{file_format}"
            written = database.execute(
                f'copy (select * from whole."{resource}" order by servedId, source) '
                f"to {literal(path)} ({_OPTIONS[file_format]})"
            ).fetchone()
            yield path.name, written[0] if written else 0
