"""Values that go into staging and come out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rollbook.oneroster import Resource


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder for one run's tables and files on this machine, and the memory they may take."""

    folder: Path
    memory_limit: str = "1GB"

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open the workspace's database; close it before the next stage opens it again."""
        database = duckdb.connect(str(self.folder / "roster.duckdb"))
        database.execute("set memory_limit = ?", [self.memory_limit])
        database.execute("set temp_directory = ?", [str(self.folder / "spill")])
        return database


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the data, where it is.

    Attributes:
        code: `<resource>.<field>.<problem>`, public and stable.
        file: The file as the delivery names it.
        record: The row as a spreadsheet counts, the header being 1. None: the whole file.
    """

    code: str
    file: str
    record: int | None = None
    sourced_id: str | None = None
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One file of the package as it was read.

    Attributes:
        name: The file's name in the package.
        rows: Data rows that are in the table.
        refused: Data rows that could not be read, each a finding.
        columns: The header, in the file's order.
    """

    name: str
    resource: Resource
    rows: int
    refused: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StagedRoster:
    """A delivery as DuckDB tables in the workspace, one per file that was there.

    Each table has `file`, `record`, every field of its resource (`null` where the file says
    nothing) and `metadata`, the extension columns as JSON.

    Rows that could not be read are in the table `refusals` (resource, code, file, record, value).

    Attributes:
        files: What was read; a resource without a file is not here.
        findings: Problems of whole files and headers.
    """

    workspace: Workspace
    files: Mapping[Resource, StagedFile]
    findings: tuple[Finding, ...]

    def refusals(self) -> Iterator[Finding]:
        """Yield a finding for each row that could not be read, by file and record."""
        with self.workspace.connect() as database:
            result = database.execute(
                "select code, file, record, value from refusals order by file, record"
            )
            while rows := result.fetchmany(10_000):
                for code, file, record, value in rows:
                    yield Finding(code, file, record=record, value=value)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The valid rows as a run published them: a Parquet file for each resource that has any.

    Columns are `sourcedId`, the kept fields as text, and `metadata`. Unique by `sourcedId`.
    """

    files: Mapping[Resource, Path]
