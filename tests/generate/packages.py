"""Reads packages back with the csv module of Python, which does not know how they were written."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from rollbook.generate import generate_district
from rollbook.oneroster import Resource, Version, resources_of

Row = dict[str, str]
Package = dict[Resource, dict[str, Row]]


def files_in(path: Path) -> dict[str, bytes]:
    """Return the bytes of each file of a package, by name."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {file.name: file.read_bytes() for file in path.iterdir()}


def rows_in(path: Path, resource: Resource) -> list[Row]:
    """Return the rows of one file of a package."""
    text = files_in(path)[resource.filename].decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def read_package(path: Path) -> Package:
    """Return all rows by resource and sourcedId; fails when an id comes twice."""
    package: Package = {}
    for resource in resources_of(Version.V1_1):
        rows = rows_in(path, resource)
        package[resource] = {row["sourcedId"]: row for row in rows}
        assert len(package[resource]) == len(rows), resource
    return package


def generated(folder: Path, *, students: int, day: int = 1, churn: float = 0.01) -> Package:
    """Return the rows of a district with seed 7."""
    out = folder / f"{students}-{day}-{churn}"
    generate_district(out, students=students, seed=7, day=day, churn=churn)
    return read_package(out)


def elements(value: str) -> list[str]:
    """Return the elements of a list field."""
    return value.split(",") if value else []
