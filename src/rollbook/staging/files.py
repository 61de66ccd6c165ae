"""The files of a package, looked at and loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rollbook.staging.data import Finding, Reading, Workspace
from rollbook.staging.headers import Column, Header, match_header
from rollbook.staging.loading import Loaded, load_file
from rollbook.staging.records import read_records
from rollbook.staging.shape import Encoding, Shape, look_at


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of the package before it is read.

    Attributes:
        name: Its name without the ending, in lower case.
        header: The cells of its first row.
    """

    name: str
    path: Path
    shape: Shape
    header: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file whose rows are in a raw table.

    Attributes:
        table: The raw table: `record`, `c0`, `c1` and so on.
    """

    file: PackageFile
    header: Header
    loaded: Loaded
    table: str


def look_at_file(name: str, path: Path) -> PackageFile:
    """Look at a file's bytes and read its header."""
    shape = look_at(path)
    header = next((tuple(record.cells) for record in read_records(path, shape)), ())
    return PackageFile(name, path, shape, header)


def load_package_file(
    database: duckdb.DuckDBPyConnection,
    file: PackageFile,
    *,
    subject: str,
    columns: Sequence[Column],
    secrets: Sequence[str],
    workspace: Workspace,
    reading: Reading,
) -> tuple[LoadedFile | None, list[Finding]]:
    """Load a file's rows; None when its header forbids to use them.

    Args:
        subject: What the format calls the file, `users`: findings begin with it.
        secrets: Columns that must never be shown.
    """
    header = match_header(file.header, columns, name=subject, file=file.path.name, reading=reading)
    findings = [*header.findings, *_find_facts(file, subject)]
    if not header.is_usable:
        return None, findings
    hidden = [header.places[name] for name in secrets if name in header.places]
    table = f"raw_{subject}"
    loaded = load_file(
        database,
        table=table,
        path=file.path,
        shape=file.shape,
        width=len(file.header),
        clean_copy=workspace.folder / f"clean-{subject}.csv",
        hidden_from=min(hidden, default=None),
        subject=subject,
    )
    return LoadedFile(file, header, loaded, table), findings


def _find_facts(file: PackageFile, subject: str) -> Iterator[Finding]:
    """Yield what the bytes of a file say about it."""
    if file.shape.encoding is not Encoding.UTF_8:
        yield Finding(f"{subject}.file.not_utf8", file.path.name, value=file.shape.encoding)
