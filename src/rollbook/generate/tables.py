"""The data files of this package: people's names and courses, as tables that are easy to add to."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files


def rows_of(filename: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one data file, in its order."""
    text = files("rollbook.generate").joinpath(filename).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
