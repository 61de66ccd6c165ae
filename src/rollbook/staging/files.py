"""The files of a package, looked at and loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from rollbook.staging.data import Finding, FindLines, ReadFile, Reading, Workspace
from rollbook.staging.loading import Loaded, load_file, refuse_too_wide
from rollbook.staging.matching import Column, Header, match_header
from rollbook.staging.records import read_records
from rollbook.staging.shape import (
    Encoding,
    LineEnd,
    Shape,
    TrailingDelimiter,
    physical_lines,
)

_ENCODINGS = {
    Encoding.UTF_16_LE: "UTF-16",
    Encoding.UTF_16_BE: "UTF-16",
    Encoding.WINDOWS_1252: "Windows-1252",
    Encoding.LATIN_1: "ISO 8859-1 (Latin-1)",
}
_DELIMITERS = {";": "semicolon", "\t": "tab", "|": "vertical bar"}


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
        secrets: As `ReadFile` has them.
    """

    file: PackageFile
    header: Header
    loaded: Loaded
    table: str
    secrets: tuple[tuple[str, int], ...] = ()

    @property
    def find_lines(self) -> FindLines | None:
        """What tells the physical lines of records, where they are numbered differently."""
        if not self.loaded.has_line_breaks:
            return None
        return partial(physical_lines, self.file.path, self.file.shape)


def describe_file(name: str, path: Path, shape: Shape) -> PackageFile:
    """Read the header of a file that was looked at."""
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
    names_are_exact: bool = True,
) -> tuple[LoadedFile | None, list[Finding]]:
    """Load a file's rows; None when its header forbids to use them.

    Args:
        subject: What the format calls the file, `users`: findings begin with it.
        secrets: Columns that must never be shown.
    """
    refuse_too_wide(file.path, len(file.header))
    header = match_header(
        _named(file),
        columns,
        name=subject,
        file=file.path.name,
        reading=reading,
        names_are_exact=names_are_exact,
    )
    facts = _find_facts(file, subject, is_strict=reading.strict)
    findings = [*header.findings, *facts]
    if not header.is_usable:
        return None, findings
    hidden = {name: header.places[name] for name in secrets if name in header.places}
    table = f"raw_{subject}"
    loaded = load_file(
        database,
        table=table,
        path=file.path,
        shape=file.shape,
        width=len(file.header),
        clean_copy=workspace.folder / f"clean-{subject}.csv",
        hidden_from=1 if hidden else None,  # a shifted row may hold the secret in any cell
        subject=subject,
    )
    findings += _find_line_ends(file, subject, loaded)
    counts = _count_values(database, table, [*hidden.values()])
    return LoadedFile(file, header, loaded, table, (*zip(hidden, counts, strict=True),)), findings


def _count_values(
    database: duckdb.DuckDBPyConnection, table: str, places: Sequence[int]
) -> tuple[int, ...]:
    if not places:
        return ()
    counts = ", ".join(f"count(c{place})" for place in places)
    return database.execute(f"select {counts} from {table}").fetchone() or ()


def read_file_of(loaded: LoadedFile) -> ReadFile:
    """Describe a file that was read."""
    return ReadFile(
        name=loaded.file.path.name,
        rows=loaded.loaded.rows,
        refused=loaded.loaded.refused,
        columns=loaded.header.texts,
        encoding=loaded.file.shape.encoding,
        is_ascii=loaded.file.shape.is_ascii,
        delimiter=loaded.file.shape.delimiter,
        secrets=loaded.secrets,
    )


def _named(file: PackageFile) -> tuple[str, ...]:
    """Return the names of the header; dividers at its end that mean nothing make no column."""
    header = file.header
    if file.shape.trailing_delimiter in (TrailingDelimiter.EVERY_LINE, TrailingDelimiter.HEADER):
        while header and not header[-1].strip():
            header = header[:-1]
    return header


def _find_facts(file: PackageFile, subject: str, *, is_strict: bool) -> Iterator[Finding]:
    """Yield what the bytes of a file say about it."""
    shape = file.shape
    facts: list[tuple[str, bool, str | None]] = [
        ("not_utf8", shape.encoding is not Encoding.UTF_8, _ENCODINGS.get(shape.encoding)),
        ("has_bom", shape.has_bom and is_strict, None),
        ("delimiter", shape.delimiter != ",", _DELIMITERS.get(shape.delimiter)),
        ("blank_lines", shape.blank_lines > 0, str(shape.blank_lines)),
        ("nul_bytes", shape.nul_bytes > 0, str(shape.nul_bytes)),
        ("twice_encoded", shape.is_twice_encoded, None),
        ("trailing_delimiter", shape.trailing_delimiter is not None, shape.trailing_delimiter),
    ]
    for problem, is_so, value in facts:
        if is_so:
            yield Finding(f"{subject}.file.{problem}", file.path.name, value=value)


def _find_line_ends(file: PackageFile, subject: str, loaded: Loaded) -> Iterator[Finding]:
    """Yield line ends that are mixed, or that few programs write today."""
    ends = [end for end in LineEnd if end in loaded.line_ends]
    if len(ends) > 1:
        value = " and ".join(end.name for end in ends)
        yield Finding(f"{subject}.file.mixed_line_ends", file.path.name, value=value)
    elif ends == [LineEnd.CR]:
        yield Finding(f"{subject}.file.lone_cr", file.path.name)
