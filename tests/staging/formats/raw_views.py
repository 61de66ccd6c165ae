"""Raw views of a delivery, made from rows or from CSV files as the loader makes them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from rollbook.staging.formats.columns import (
    Column,
    columns_of,
    files_of,
    left_out_files_of,
    view_of,
)
from rollbook.staging.formats.data import Format

Rows = Sequence[Mapping[str, str | None]]


def make_raw_views(
    database: duckdb.DuckDBPyConnection, format: Format, tables: Mapping[str, Rows]
) -> None:
    """Make a view for each file of a format; a file that is not in `tables` is empty."""
    assert set(tables) <= {*files_of(format), *left_out_files_of(format)}, "no such file"
    for file in files_of(format):
        _make_raw_view(database, format, file, tables.get(file, ()))


def read_folder(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Read the CSV files of a sample set by their names in lower case."""
    return {
        path.stem.lower(): list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for path in folder.glob("*.csv")
    }


def _make_raw_view(
    database: duckdb.DuckDBPyConnection, format: Format, file: str, rows: Rows
) -> None:
    names = {_folded(column.name): column.name for column in _columns(format, file)}
    secret = {column.name for column in columns_of(format) if column.is_secret}
    for column in _columns(format, file):
        names |= {_folded(alias): column.name for alias in column.aliases}
    listed = [column.name for column in _columns(format, file) if not column.is_secret]
    table = f'"table_{view_of(format, file)}"'
    columns = ", ".join(f'"{name}" varchar' for name in listed)
    database.execute(f"create table {table} (file varchar, record bigint, {columns}, ext varchar)")
    for record, row in enumerate(rows, start=2):
        cells = {names.get(_folded(name), name): value or None for name, value in row.items()}
        extra = {
            name.removeprefix("ext.").removeprefix("metadata."): value
            for name, value in sorted(cells.items())
            if name not in listed and name not in secret and value
        }
        values = [f"{file}.csv", record, *(cells.get(name) for name in listed)]
        values.append(json.dumps(extra, ensure_ascii=False) if extra else None)
        marks = ", ".join("?" * len(values))
        database.execute(f"insert into {table} values ({marks})", values)
    database.execute(
        f'create view "{view_of(format, file)}" as '
        f"select file, record, record as row, * exclude (file, record) from {table}"
    )


def _columns(format: Format, file: str) -> list[Column]:
    return [column for column in columns_of(format) if column.file == file]


def _folded(header: str) -> str:
    return header.lower().replace("_", " ")
