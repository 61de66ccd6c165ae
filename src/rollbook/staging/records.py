"""Read a CSV file record by record, keeping the row numbers that a spreadsheet shows.

This is the careful reader: DuckDB reads plain files, and this one the rest. It never gives up on a
file; what it cannot read it hands back with the reason.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from rollbook.staging.shape import Encoding, Shape

_RECORD_LINES_LIMIT = 1_000  # a quote left open would swallow the rest of the file
csv.field_size_limit(64 * 1024 * 1024)

# What stands for bytes that are no text: Python can carry them along, but not those of UTF-16.
_ESCAPED = re.compile("[\ud800-\udfff]")
_REPLACED = re.compile("\N{REPLACEMENT CHARACTER}")


class Refusal(StrEnum):
    """Why a row could not be read; the last part of its finding's code."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    BAD_QUOTING = "bad_quoting"
    BAD_ENCODING = "bad_encoding"


@dataclass(frozen=True, slots=True)
class CsvRecord:
    """One row: its number as a spreadsheet counts (the header is 1), and its cells or a refusal."""

    number: int
    cells: list[str]
    refusal: Refusal | None = None


class _Lines:
    """Lines of a file that can be given back, so that one bad row does not cost its neighbours."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _RECORD_LINES_LIMIT:
            raise csv.Error("a quote is not closed")
        line = self._waiting.popleft() if self._waiting else next(self._file).replace("\0", "")
        self.taken.append(line)
        return line

    def keep_first_line_only(self) -> None:
        self._waiting.extendleft(reversed(self.taken[1:]))


def read_records(path: Path, shape: Shape) -> Iterator[CsvRecord]:
    """Yield the header and every row that is not blank.

    Rows whose width differs from the header's, whose quotes do not close or whose bytes are not
    text come with a refusal and the cells as far as they could be told. The header never does: what
    is wrong with it is a question of its names.
    """
    is_utf16 = shape.encoding is Encoding.UTF_16
    errors, broken = ("replace", _REPLACED) if is_utf16 else ("surrogateescape", _ESCAPED)
    with path.open(encoding=shape.encoding, errors=errors, newline="") as file:
        records = _split(_Lines(file), pads_quotes=shape.pads_quotes)
        for header in records:
            yield CsvRecord(header.number, [_as_text(cell) for cell in header.cells])
            for record in records:
                yield _judge(record, width=len(header.cells), broken=broken)


def _split(lines: _Lines, *, pads_quotes: bool) -> Iterator[CsvRecord]:
    reader = csv.reader(lines, strict=True, skipinitialspace=pads_quotes)
    number = 0
    while True:
        lines.taken = []
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lines.keep_first_line_only()
            yield CsvRecord(number, lines.taken[0].rstrip("\r\n").split(","), Refusal.BAD_QUOTING)
            continue
        if any(cells):
            yield CsvRecord(number, cells)


def _judge(record: CsvRecord, *, width: int, broken: re.Pattern[str]) -> CsvRecord:
    refusal = record.refusal or _width_refusal(len(record.cells), width)
    if not all(_is_text(cell, broken) for cell in record.cells):
        refusal = Refusal.BAD_ENCODING
    if not refusal:
        return record
    return CsvRecord(record.number, [_as_text(cell) for cell in record.cells], refusal)


def _width_refusal(cells: int, width: int) -> Refusal | None:
    if cells < width:
        return Refusal.TOO_SHORT
    return Refusal.TOO_LONG if cells > width else None


def _is_text(cell: str, broken: re.Pattern[str]) -> bool:
    return cell.isascii() or not broken.search(cell)


def _as_text(cell: str) -> str:
    """Put a question mark in the place of each byte that is no text."""
    return cell.encode("utf-8", "replace").decode()
