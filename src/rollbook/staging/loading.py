"""Make a DuckDB table of one file: straight when it is plain, through a clean copy when not."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rollbook.staging.records import CsvRecord, read_records
from rollbook.staging.shape import Shape

_READ_CSV = """
    create or replace table {table} as
    from read_csv(
        ?, auto_detect = false, header = true, columns = {columns}, nullstr = '', delim = ',',
        quote = '"', escape = '"', strict_mode = true, store_rejects = true,
        rejects_table = '{table}_errors', rejects_scan = '{table}_scans', rejects_limit = 1,
        max_line_size = 67108864
    )
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a file."""

    rows: int
    refused: int


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
    """Create the view `table` with `record` and `c0` to `c<width-1>`, null for what is empty."""
    refused = 0
    raw = f"{table}_rows"
    columns = tuple(f"c{n}" for n in range(width))
    if shape.is_plain and _read_plain(database, raw, path, columns, shape):
        record = "rowid + 2"
    else:
        written = _write_clean_copy(path, shape, hidden_from, clean_copy)
        _read(database, raw, clean_copy, ("record", *columns))
        if _count(database, f"{raw}_errors") or _count(database, raw) != written:
            raise RuntimeError(f"rows of {table} were lost between the two readers")
        refused = _take_refusals(database, subject or table, path.name, _refusals_of(clean_copy))
        record = "record::bigint"
    database.execute(
        f"create or replace view {table} as select {record} as record, {', '.join(columns)} from {raw}"
    )
    return Loaded(rows=_count(database, raw), refused=refused)


def _read_plain(
    database: duckdb.DuckDBPyConnection,
    raw: str,
    path: Path,
    columns: tuple[str, ...],
    shape: Shape,
) -> bool:
    """Read the file as it is; False when DuckDB did not take it to the letter.

    A row that it refused makes numbers wrong. Cells that it drops, the empty ones after the last
    column, hide a comma too many: values then stand one column off, and nobody is told.
    """
    _read(database, raw, path, tuple(f"c{n}" for n in range(len(columns))))
    if _count(database, f"{raw}_errors"):
        return False
    return _bytes_in_table(database, raw, len(columns), shape) == _bytes_of_rows(path, shape)


def _bytes_of_rows(path: Path, shape: Shape) -> int | None:
    """Count the bytes after the header, without quotes and as if the last line had its end."""
    with path.open("rb") as file:
        header = file.readline()
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        ends_last_line = file.read() == b"\n"
    quotes_in_header = header.count(b'"')
    if quotes_in_header % 2:
        return None  # a name of a column goes on in the next line
    missing_end = 0 if ends_last_line or size == len(header) else shape.line_end_bytes
    return size - len(header) - (shape.quotes - quotes_in_header) + missing_end


def _bytes_in_table(
    database: duckdb.DuckDBPyConnection, raw: str, width: int, shape: Shape
) -> int | None:
    """Count the bytes that the rows would have in a file without quotes; None: one is blank."""
    cells = [f"c{number}" for number in range(width)]
    sizes = [f"coalesce(sum(strlen({cell})), 0)" for cell in cells]
    if shape.quotes:
        sizes += [
            f"-coalesce(sum(strlen({cell}) - strlen(replace({cell}, '\"', ''))) "
            f"filter (where contains({cell}, '\"')), 0)"
            for cell in cells
        ]
    row = database.execute(
        f"select count(*) filter (where coalesce({', '.join(cells)}) is null), "
        f"count(*) * {width - 1 + shape.line_end_bytes} + {' + '.join(sizes)} from {raw}"
    ).fetchone()
    blank, size = row or (1, 0)
    return None if blank else int(size)


def _read(
    database: duckdb.DuckDBPyConnection, raw: str, path: Path, names: tuple[str, ...]
) -> None:
    for leftover in ("errors", "scans"):
        database.execute(f"drop table if exists {raw}_{leftover}")
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"
    database.execute(_READ_CSV.format(table=raw, columns=columns), [str(path)])


def _count(database: duckdb.DuckDBPyConnection, table: str) -> int:
    row = database.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0


def _write_clean_copy(path: Path, shape: Shape, hidden_from: int | None, clean_copy: Path) -> int:
    """Write the rows that can be read, and beside them the others; return how many can."""
    written = 0
    with (
        clean_copy.open("w", encoding="utf-8", newline="") as clean,
        _refusals_of(clean_copy).open("w", encoding="utf-8", newline="") as refusals,
    ):
        # With this line end the writer puts quotes around values with either half of it.
        writer = csv.writer(clean, lineterminator="\r\n")
        refuser = csv.writer(refusals, lineterminator="\r\n")
        records = read_records(path, shape)
        header = next(records)
        writer.writerow(["record", *range(len(header.cells))])  # names may hold line ends
        refuser.writerow(["record", "refusal", "value"])
        for record in records:
            if record.refusal:
                refuser.writerow([record.number, record.refusal, _shown(record, hidden_from)])
            else:
                writer.writerow([record.number, *record.cells])
                written += 1
    return written


def _refusals_of(clean_copy: Path) -> Path:
    return clean_copy.with_suffix(".refused.csv")


def _shown(record: CsvRecord, hidden_from: int | None) -> str:
    """Return what may be shown of a refused row; any cell of it might be the secret one."""
    return (record.cells[0] if hidden_from is not None else ",".join(record.cells))[:500]


def make_refusals(database: duckdb.DuckDBPyConnection) -> None:
    """Create the table of rows that could not be read, of all files."""
    database.execute(
        "create or replace table refusals "
        "(resource varchar, code varchar, file varchar, record bigint, line bigint, value varchar)"
    )


def _take_refusals(
    database: duckdb.DuckDBPyConnection, resource: str, file: str, refused: Path
) -> int:
    table = f"refused_{resource}"
    _read(database, table, refused, ("record", "refusal", "value"))
    database.execute(
        f"insert into refusals select ?, ? || refusal, ?, record::bigint, null, value from {table}",
        [resource, f"{resource}.row.", file],
    )
    return _count(database, table)
