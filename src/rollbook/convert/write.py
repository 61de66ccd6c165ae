"""The entry to this stage: write a checked roster in another format."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO

import duckdb

from rollbook.convert import adapters, oneroster
from rollbook.convert.data import Conversion, Table
from rollbook.convert.given import define_crosswalks, define_given
from rollbook.convert.losses import find_losses
from rollbook.convert.package import check_path, manifest_text, open_package
from rollbook.oneroster import Resource, Version
from rollbook.sqlfiles import read_sql
from rollbook.staging.data import Workspace
from rollbook.staging.formats.data import Format

_LARGE_BYTES = 2**31 - 1


def write_package(
    workspace: Workspace,
    *,
    to: Format,
    out: Path,
    system_name: str = "Rollbook convert",
    system_code: str = "rollbook",
    is_whole: bool = False,
    on_file: Callable[[str, int], None] | None = None,
) -> Conversion:
    """Write the rows that stand after validation as a complete (bulk) package.

    Args:
        workspace: Has the views `valid_<resource>`, unique by `sourcedId`; one that is not there
            counts as empty.
        to: The format to write.
        out: A ZIP to write when it ends in `.zip`, else a folder for loose CSV files, made when it
            is not there. Files of the package that exist are replaced.
        system_name: What the manifest names as its source; other formats have no manifest.
        system_code: The same, short.
        is_whole: Whether to write all records as they will be, from the views `live_<resource>`:
            those that stay from before, too.
        on_file: Called with name and rows of each file once it is written.

    Raises:
        ValueError: `out` is a file where a folder should be, or the reverse.

    Source: OneRoster CSV, fact base section 10, "Writer checklist".
    """
    check_path(out)
    copy = workspace.folder / "written.csv"
    with workspace.connect() as database:
        prepare(database, is_whole=is_whole)
        tables = list(_tables_of(database, to))
        losses = find_losses(database, to, tables)
        is_large = any(_may_be_large(database, resource) for resource in Resource)
        row_counts: dict[str, int] = {}
        with open_package(out, is_large=is_large) as open_file:
            for table in tables:
                rows = _copy(database, table, copy)
                if rows or table.is_required:
                    _move(copy, table.filename, open_file)
                    row_counts[table.filename] = rows
                    if on_file:
                        on_file(table.filename, rows)
            if to.version and to.version is not Version.V1_0:
                written = [resource for resource in Resource if resource.filename in row_counts]
                manifest = manifest_text(
                    to.version, written, system_name=system_name, system_code=system_code
                )
                with open_file("manifest.csv") as file:
                    file.write(manifest.encode())
    copy.unlink(missing_ok=True)
    return Conversion(row_counts, losses)


def prepare(database: duckdb.DuckDBPyConnection, *, is_whole: bool = False) -> None:
    """Make what every format is written from."""
    define_given(database, is_whole=is_whole)
    define_crosswalks(database)
    for name in ("written_roles", "written_users"):
        database.execute(read_sql("rollbook.convert", name))


def _tables_of(database: duckdb.DuckDBPyConnection, to: Format) -> list[Table]:
    if to.version:
        return list(oneroster.tables_of(database, to.version))
    return list(adapters.tables_of(database, to))


def _may_be_large(database: duckdb.DuckDBPyConnection, resource: Resource) -> bool:
    """Whether a file of the resource could pass what a ZIP holds without preparation."""
    row = database.execute(f'select count(*) from "given_{resource}"').fetchone()
    return row is not None and row[0] * 150 > _LARGE_BYTES


def _copy(database: duckdb.DuckDBPyConnection, table: Table, path: Path) -> int:
    """Write one file as it will be in the package; return its rows."""
    row = database.execute(
        f"copy ({table.sql}) to '{str(path).replace(chr(39), chr(39) * 2)}' "
        "(format csv, header true, delimiter ',', quote '\"', escape '\"', new_line '\\r\\n')"
    ).fetchone()
    return int(row[0]) if row else 0


def _move(path: Path, filename: str, open_file: Callable[[str], IO[bytes]]) -> None:
    with path.open("rb") as source, open_file(filename) as target:
        shutil.copyfileobj(source, target, 1 << 20)
