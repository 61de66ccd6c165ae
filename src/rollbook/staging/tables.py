"""Make one DuckDB table of one file: straight when it is plain, through a clean copy when not."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rollbook.oneroster import Field, Resource, fields_of
from rollbook.staging.data import Finding
from rollbook.staging.records import CsvRecord, read_records
from rollbook.staging.shape import Encoding, Shape

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
class LoadedTable:
    """What came of a file.

    Attributes:
        rows: Rows in the table.
        refused: A finding for each row that could not be read.
    """

    rows: int
    refused: tuple[Finding, ...]


def load_table(
    database: duckdb.DuckDBPyConnection,
    *,
    resource: Resource,
    path: Path,
    shape: Shape,
    columns: tuple[str, ...],
    clean_copy: Path,
) -> LoadedTable:
    """Create the table `<resource>` with `file`, `record`, the resource's fields and `metadata`.

    Args:
        columns: The file's header; columns are read by their place and named afterwards.
        clean_copy: Where the careful reader may write.
    """
    refused: tuple[Finding, ...] = ()
    raw = f"raw_{resource}"
    if shape.is_plain and _read_plain(database, raw, path, columns):
        record = "rowid + 2"
    else:
        refused = _write_clean_copy(path, shape.encoding, resource, clean_copy)
        _read(database, raw, clean_copy, ("record", *(f"c{n}" for n in range(len(columns)))))
        record = "record::bigint"
    database.execute(
        f'create or replace view "{resource}" as '
        f"select {_select_list(resource, path.name, columns, record)} from {raw}"
    )
    return LoadedTable(rows=_count(database, raw), refused=refused)


def _read_plain(
    database: duckdb.DuckDBPyConnection, raw: str, path: Path, columns: tuple[str, ...]
) -> bool:
    """Read the file as it is; False when DuckDB refused a row, so that numbers would be off."""
    _read(database, raw, path, tuple(f"c{n}" for n in range(len(columns))))
    return _count(database, f"{raw}_errors") == 0


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


def _write_clean_copy(
    path: Path, encoding: Encoding, resource: Resource, clean_copy: Path
) -> tuple[Finding, ...]:
    refused = []
    with clean_copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for record in read_records(path, encoding):
            if record.refusal:
                refused.append(_refusal(record, resource, path.name))
            else:
                writer.writerow([record.number, *record.cells])
    return tuple(refused)


def _refusal(record: CsvRecord, resource: Resource, file: str) -> Finding:
    text = ",".join(record.cells).encode("utf-8", "replace").decode()
    return Finding(f"{resource}.row.{record.refusal}", file, record=record.number, value=text[:500])


def _select_list(resource: Resource, file: str, columns: tuple[str, ...], record: str) -> str:
    place = {name: f"c{number}" for number, name in reversed(list(enumerate(columns)))}
    fields = [field for field in fields_of(resource) if not field.is_secret]
    named = [f'{place.get(field.name, "null::varchar")} as "{field.name}"' for field in fields]
    return ", ".join(
        [
            f"{_quoted(file)} as file",
            f"{record} as record",
            *named,
            f"{_metadata(place, fields_of(resource))} as metadata",
        ]
    )


def _metadata(place: dict[str, str], fields: tuple[Field, ...]) -> str:
    """Gather the columns that are none of the standard's as one JSON object, null when empty."""
    standard = {field.name for field in fields}
    extra = {name: column for name, column in place.items() if name not in standard}
    if not extra:
        return "null::varchar"
    pairs = ", ".join(
        f"{_quoted(name.removeprefix('metadata.'))}, {column}" for name, column in extra.items()
    )
    some = f"coalesce({', '.join(extra.values())})"
    merged = f"json_merge_patch('{{}}', json_object({pairs}))"
    return f"case when {some} is not null then {merged}::varchar end"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
