"""Deliveries of one district, night after night, each with a chosen share of records touched.

The events of school life come from `rollbook.generate`: people who leave, come and move, with all
that hangs on them. They touch files unevenly, enrollments mostly by removing and adding. So further
rows, scattered over each file, get another value until every file has the share; of the smallest
files one row is touched.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from rollbook.generate import generate_district

# A field of each file, and an expression for another value that keeps every rule.
_OTHER_VALUES = {
    "orgs": ("name", "name || ' II'"),
    "academicSessions": ("title", "title || ' (A)'"),
    "courses": ("title", "title || ' (A)'"),
    "classes": ("location", "'Annex ' || coalesce(location, '1')"),
    "users": ("phone", "'+1303555' || right('000' || hash(sourcedId) % 10000, 4)"),
    "enrollments": ("beginDate", "'2026-09-01'"),
    "demographics": ("cityOfBirth", "'Springfield'"),
}


def make_first(folder: Path, *, students: int) -> Path:
    """Write the first delivery."""
    if not folder.exists():
        generate_district(folder, students=students, seed=1, day=1, churn=0)
    return folder


def make_night(folder: Path, *, students: int, churn: float, before: Path) -> Path:
    """Write a delivery that differs from the one before in a share of each file's rows."""
    if folder.exists():
        return folder
    if not churn:
        shutil.copytree(before, folder)
        return folder
    generate_district(folder, students=students, seed=1, day=2, churn=churn)
    with duckdb.connect() as database:
        for name in _OTHER_VALUES:
            _touch_more(database, folder / f"{name}.csv", before / f"{name}.csv", share=churn)
    return folder


def _touch_more(
    database: duckdb.DuckDBPyConnection, path: Path, before: Path, *, share: float
) -> None:
    """Give rows of a file another value until the share of rows that differ is reached."""
    for table, source in (("night", path), ("before", before)):
        database.execute(
            f"create or replace table {table} as "
            f"from read_csv('{source}', header = true, all_varchar = true, delim = ',', "
            "quote = '\"', escape = '\"')"
        )
    field, value = _OTHER_VALUES[path.stem]
    database.execute(
        "create or replace table same as select n.sourcedId from night as n join before as b "
        "on n.sourcedId = b.sourcedId where hash(n) = hash(b)"
    )
    touched = (
        "(select count(*) from before) + (select count(*) from night as n anti join before as b "
        "on n.sourcedId = b.sourcedId) - (select count(*) from same)"
    )
    wanting = f"greatest(0, ceil((select count(*) from before) * {share}) - ({touched}))"
    database.execute(
        f"create or replace table touched as select sourcedId from same "
        f"order by hash(sourcedId) limit (select cast({wanting} as bigint))"
    )
    database.execute(
        f"copy (select * replace (if(sourcedId in (from touched), {value}, {field}) as {field}) "
        f"from night order by rowid) to '{path}' (header true)"
    )
