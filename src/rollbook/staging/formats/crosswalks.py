"""Words that formats spell differently, as tables of the schema `crosswalk`."""

from __future__ import annotations

import csv
from importlib.resources import files

import duckdb


def load_crosswalks(database: duckdb.DuckDBPyConnection) -> None:
    """Make one small table of each file in `crosswalks/`; the column `rank` is a number."""
    database.execute("create schema if not exists crosswalk")
    for path in files(__package__).joinpath("crosswalks").iterdir():
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        _load(database, path.name.removesuffix(".csv"), rows)


def _load(database: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, str]]) -> None:
    columns = tuple(rows[0])
    types = ", ".join(
        f'"{column}" {"integer" if column == "rank" else "varchar"}' for column in columns
    )
    places = ", ".join(["(" + ", ".join("?" * len(columns)) + ")"] * len(rows))
    database.execute(f'create or replace table crosswalk."{name}" ({types})')
    database.execute(
        f'insert into crosswalk."{name}" values {places}',
        [row[column] for row in rows for column in columns],
    )
