"""Make a DuckDB table of one file: straight when it is plain, through a clean copy when not.

Rows in the table and rows refused add up to the rows of the file, whichever way it took. When
DuckDB reads the file itself, every byte of it is accounted for; when the careful reader does, every
line.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from rollbook.sqlfiles import read_sql
from rollbook.staging.errors import PackageUnreadableError
from rollbook.staging.plain_copy import plain_copy
from rollbook.staging.records import (
    RECORD_LETTERS_LIMIT,
    CsvRecord,
    Refusal,
    Tally,
    read_records,
)
from rollbook.staging.shape import LineEnd, Shape

COLUMNS_LIMIT = 2_000
_SHOWN_LETTERS = 500
_LARGEST_COPIED = 5 * RECORD_LETTERS_LIMIT  # a letter has up to four bytes

_ASIDE = ("refusals", "tolerations")
_COPIES = ("rows", *_ASIDE)
_ASIDE_COLUMNS = ("record", "line", "problem", "value")

_WriteRow = Callable[[Sequence[object]], object]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file.

    Attributes:
        rows: Rows in the table.
        refused: Rows that could not be read; they are in the table `refusals`.
        tolerated: Rows in the table that break a rule of quoting and can be understood in one way
            only; they are in the table `tolerations` too.
        has_line_breaks: Values hold line breaks, so lines and records are numbered differently.
        line_ends: What ends rows, in no order. More than one: they are mixed.
    """

    rows: int
    refused: int
    tolerated: int = 0
    has_line_breaks: bool = False
    line_ends: tuple[LineEnd, ...] = ()


def make_refusals(database: duckdb.DuckDBPyConnection) -> None:
    """Create the tables of rows that could not be read, or only with leniency, of all files."""
    for table in _ASIDE:
        database.execute(
            f"create or replace table {table} (resource varchar, code varchar, file varchar, "
            "record bigint, line bigint, value varchar)"
        )


def refuse_too_wide(path: Path, width: int) -> None:
    """Refuse a file before anybody looks at each of its columns.

    Raises:
        PackageUnreadableError: The header has more columns than any roster.
    """
    if width > COLUMNS_LIMIT:
        raise PackageUnreadableError(
            "package.file.too_many_columns",
            f"{path.name} has {width:,} columns; a roster has at most {COLUMNS_LIMIT:,}. Export "
            "the file again, and check what separates its columns.",
        )


def load_file(
    database: duckdb.DuckDBPyConnection,
    *,
    table: str,
    path: Path,
    shape: Shape,
    width: int,
    clean_copy: Path,
    hidden_from: int | None = None,
    subject: str | None = None,
) -> Loaded:
    """Create the view `table` with `record` and `c0` to `c<width-1>`, null for what is empty.

    Rows that cannot be read are appended to the table `refusals` under the code
    `<subject>.row.<problem>`, with what may be shown of them.

    Args:
        table: A plain word; the rows are in the table `<table>_rows`.
        width: How many columns the header has.
        clean_copy: Where copies may be written; they are gone afterwards.
        hidden_from: The first cell of a refused row that must not be shown, because it or one
            after it may be a secret; None: there is no secret in the file.
        subject: What findings call the file, `users`; None: like the table.

    Raises:
        PackageUnreadableError: The header has more columns than any roster.
    """
    refuse_too_wide(path, width)
    job = _Job(database, table, path.name, width, clean_copy, hidden_from, subject or table)
    copy = clean_copy.with_suffix(".plain.csv")
    with plain_copy(path, shape, copy, cells=shape.row_cells or width) as (source, known):
        loaded = _load_plain(job, source, known) if known.is_plain else None
        loaded = loaded or _load_carefully(job, source, known)
    return loaded if shape.quotes else replace(loaded, line_ends=shape.line_ends)


@dataclass(frozen=True, slots=True)
class _Job:
    """One file on its way into one table."""

    database: duckdb.DuckDBPyConnection
    table: str
    file: str
    width: int
    clean_copy: Path
    hidden_from: int | None
    subject: str


def _load_plain(job: _Job, path: Path, shape: Shape) -> Loaded | None:
    """Read the file as it is; None when DuckDB did not take it to the letter.

    A row that it refused makes numbers wrong. Cells that it drops, the empty ones after the last
    column, hide a comma too many: values then stand one column off, and nobody is told.
    """
    cells = shape.row_cells or job.width
    _read(job, path, _cells(cells), delimiter=shape.delimiter, largest=RECORD_LETTERS_LIMIT)
    if shape.row_bytes is None or _count(job, "errors"):
        return None
    account = _account_for(job, cells, shape)
    is_line_each = account.rows + 1 + shape.blank_lines == shape.lines
    if account.size != shape.row_bytes or account.is_too_long:
        return None
    if not is_line_each and (not shape.quotes or cells == 1):
        return None  # of a single column DuckDB reads blank lines as rows
    rows = account.rows - account.blank
    _make_view(job, record="rowid + 2", cells=cells, has_blank=account.blank > 0)
    return Loaded(rows=rows, refused=0, has_line_breaks=not is_line_each, line_ends=shape.line_ends)


@dataclass(frozen=True, slots=True)
class _Account:
    """What DuckDB made of a plain file.

    Attributes:
        blank: Rows of empty cells.
        size: Bytes that its rows would have in a file without quotes.
        is_too_long: A row has something after the last column.
    """

    rows: int
    blank: int
    size: int
    is_too_long: bool


def _account_for(job: _Job, width: int, shape: Shape) -> _Account:
    cells = _cells(width)
    if shape.quotes:
        size = f"coalesce(sum(strlen(replace(concat({', '.join(cells)}), '\"', ''))), 0)"
    else:
        sizes = ", ".join(f"coalesce(sum(strlen({cell})), 0)" for cell in cells)
        size = f"list_sum([{sizes}])"
    ends = width - 1 + len(shape.line_ends[0] if shape.line_ends else "\n")
    extra = ", ".join(cells[job.width :]) or "null"
    account = job.database.execute(
        f"select count(*), count(*) filter (where coalesce({', '.join(cells)}) is null), "
        f"count(*) * {ends} + {size}, "
        f"count(*) filter (where coalesce({extra}) is not null) from {job.table}_rows"
    ).fetchone()
    rows, blank, total, too_long = account or (0, 0, 0, 0)
    return _Account(rows, blank, int(total), is_too_long=too_long > 0)


def _make_view(job: _Job, *, record: str, cells: int, has_blank: bool = False) -> None:
    there = _cells(min(cells, job.width))
    absent = [f"null::varchar as c{place}" for place in range(cells, job.width)]
    kept = f" where coalesce({', '.join(there)}) is not null" if has_blank else ""
    job.database.execute(
        f"create or replace view {job.table} as "
        f"select {', '.join([f'{record} as record', *there, *absent])} from {job.table}_rows{kept}"
    )


def _read(
    job: _Job, path: Path, names: Sequence[str], *, largest: int, delimiter: str = ","
) -> None:
    for leftover in ("errors", "scans"):
        job.database.execute(f"drop table if exists {job.table}_{leftover}")
    statement = read_sql(
        "rollbook.staging",
        "read_cells",
        rows=f"{job.table}_rows",
        errors=f"'{job.table}_errors'",
        scans=f"'{job.table}_scans'",
        names="{" + ", ".join(f"'{name}': 'varchar'" for name in names) + "}",
        largest=largest,
        buffer=max(2 * largest, 32 * 1024 * 1024),
    )
    job.database.execute(statement, {"path": str(path), "delimiter": delimiter})


def _count(job: _Job, suffix: str) -> int:
    row = job.database.execute(f"select count(*) from {job.table}_{suffix}").fetchone()
    return int(row[0]) if row else 0


def _cells(width: int) -> list[str]:
    return [f"c{place}" for place in range(width)]


def _load_carefully(job: _Job, path: Path, shape: Shape) -> Loaded:
    """Read the file record by record, and let DuckDB read what came of it."""
    copies = {name: job.clean_copy.with_suffix(f".{name}.csv") for name in _COPIES}
    try:
        sorter, tally = _sort_out(job, path, shape, copies)
        for table in _ASIDE:
            _append(job, table, copies[table])
        _read(job, copies["rows"], ["record", *_cells(job.width)], largest=_LARGEST_COPIED)
    finally:
        for copy in copies.values():
            copy.unlink(missing_ok=True)
    is_whole = not _count(job, "errors") and _count(job, "rows") == sorter.rows
    if not is_whole or not tally.accounts_for(shape.lines):
        raise RuntimeError(f"rows of {job.subject} were lost between the two readers")
    _make_view(job, record="record::bigint", cells=job.width)
    return Loaded(
        rows=sorter.rows,
        refused=sorter.refused,
        tolerated=sorter.tolerated,
        has_line_breaks=tally.lines != tally.records,
        line_ends=tuple(LineEnd(end) for end in sorted(sorter.ends) if end),
    )


def _sort_out(
    job: _Job, path: Path, shape: Shape, copies: dict[str, Path]
) -> tuple[_Sorter, Tally]:
    """Write the rows that can be read, and beside them those that cannot or break a rule."""
    tally = Tally()
    with ExitStack() as stack:
        # With this line end the writer puts quotes around values with either half of it.
        writers = [
            csv.writer(
                stack.enter_context(copies[name].open("w", encoding="utf-8", newline="")),
                lineterminator="\r\n",
            ).writerow
            for name in _COPIES
        ]
        sorter = _Sorter(*writers, delimiter=shape.delimiter, hidden_from=job.hidden_from)
        records = read_records(path, shape, tally=tally)
        sorter.begin(next(records, None), job.width)
        for record in records:
            sorter.take(record)
    return sorter, tally


class _Sorter:
    """Writes each row where it belongs."""

    def __init__(
        self,
        write: _WriteRow,
        refuse: _WriteRow,
        tolerate: _WriteRow,
        *,
        delimiter: str,
        hidden_from: int | None,
    ) -> None:
        self._write, self._refuse, self._tolerate = write, refuse, tolerate
        self._delimiter = delimiter
        self._hidden_from = hidden_from
        self._is_torn = False
        self.rows = self.refused = self.tolerated = 0
        self.ends: set[str] = set()

    def begin(self, header: CsvRecord | None, width: int) -> None:
        """Write names in place of the header's, which may hold line ends."""
        self.ends.add(header.end if header else "")
        self._write(["record", *_cells(width)])
        for write in (self._refuse, self._tolerate):
            write(_ASIDE_COLUMNS)

    def take(self, record: CsvRecord) -> None:
        self.ends.add(record.end)
        if record.refusal:
            self.refused += 1
            self._refuse([record.number, record.line, record.refusal, self._shown(record)])
            self._is_torn |= record.refusal is Refusal.BAD_QUOTING
            return
        self.rows += 1
        self._write([record.number, *record.cells])
        self._is_torn = False
        if record.has_loose_quotes:
            self.tolerated += 1
            self._tolerate([record.number, record.line, "loose_quotes", self._shown(record)])

    def _shown(self, record: CsvRecord) -> str:
        """Return what may be shown of a row; any cell of a refused one might be the secret."""
        if self._hidden_from is None:
            return self._delimiter.join(record.cells)[:_SHOWN_LETTERS]
        # Lines after a torn row may be the rest of it, and begin with anything.
        cells = [] if self._is_torn else record.cells[: self._hidden_from]
        return self._delimiter.join(cells)[:_SHOWN_LETTERS]


def _append(job: _Job, table: str, copy: Path) -> None:
    aside = replace(job, table=f"{job.table}_{table}")
    _read(aside, copy, _ASIDE_COLUMNS, largest=_LARGEST_COPIED)
    job.database.execute(
        f"insert into {table} select ?, ? || problem, ?, record::bigint, line::bigint, value "
        f"from {aside.table}_rows",
        [job.subject, f"{job.subject}.row.", job.file],
    )
