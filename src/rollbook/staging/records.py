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
from typing import NamedTuple, TextIO

from rollbook.staging.decoding import open_text
from rollbook.staging.dialect import Dialect
from rollbook.staging.loose_quotes import split_loosely

# A quote left open would swallow the rest of the file, and a file without line ends the memory.
_RECORD_LINES_LIMIT = 1_000
RECORD_LETTERS_LIMIT = 12_000_000
csv.field_size_limit(64 * 1024 * 1024)

_NO_TEXT = re.compile("[\ud800-\udfff]")  # in the place of bytes that are no text


class Refusal(StrEnum):
    """Why a row could not be read; the last part of its finding's code."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    BAD_QUOTING = "bad_quoting"
    BAD_ENCODING = "bad_encoding"


class CsvRecord(NamedTuple):
    """One row: its cells or, with a refusal, as much of them as could be told.

    Attributes:
        number: As a spreadsheet counts; the header is 1.
        line: The line of the file on which it begins, the first being 1. More than the number
            where rows before it have line breaks within quotes.
        has_loose_quotes: Its quotes break the rules and can be understood in one way only.
        end: What ends its last line; empty at the end of a file without a last line end.
    """

    number: int
    cells: list[str]
    refusal: Refusal | None = None
    line: int = 0
    has_loose_quotes: bool = False
    end: str = ""


@dataclass(slots=True)
class Tally:
    """What a reader that has come to the end of a file has seen of it.

    Attributes:
        records: The header, rows and blank lines: the last row that a spreadsheet shows.
    """

    lines: int = 0
    records: int = 0
    has_large_rows: bool = False

    def accounts_for(self, lines: int) -> bool:
        """Whether all lines of a file were seen; those of rows too large are not counted."""
        return self.has_large_rows or self.lines == lines


class _Lines:
    """Lines of a file that can be given back, so that one bad row does not cost its neighbours."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._waiting: deque[str] = deque()
        self._letters = 0
        self.taken: list[str] = []
        self.done = 0  # lines of the records before this one
        self.has_large = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _RECORD_LINES_LIMIT:
            raise csv.Error("a quote is not closed")
        line = self._waiting.popleft() if self._waiting else self._read()
        self.taken.append(line)
        self._letters += len(line)
        if self._letters >= RECORD_LETTERS_LIMIT:
            raise csv.Error("a row is too large")
        return line

    def _read(self) -> str:
        line = self._file.readline(RECORD_LETTERS_LIMIT)
        if not line:
            raise StopIteration
        is_large = len(line) == RECORD_LETTERS_LIMIT
        self.has_large |= is_large
        rest = line if is_large else "\n"
        while rest and rest[-1] not in "\r\n":
            rest = self._file.readline(RECORD_LETTERS_LIMIT)
        return line

    def begin_record(self) -> None:
        self.done += len(self.taken)
        self.taken = []
        self._letters = 0

    def keep_first_line_only(self) -> str:
        self._waiting.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]
        return self.taken[0]


def read_records(
    path: Path, dialect: Dialect, *, tally: Tally | None = None
) -> Iterator[CsvRecord]:
    """Yield the header and every row that is not blank, all with as many cells as the header.

    Rows of another width, whose quotes do not close or whose bytes are not text come with a refusal
    and the cells as far as they could be told. The header never does: what is wrong with it is a
    question of its names.

    Args:
        tally: Filled in at the end of the file.
    """
    with open_text(path, dialect) as file:
        records = split_records(file, dialect, tally=tally)
        for header in records:
            yield CsvRecord(header.number, _as_text(header.cells), line=header.line, end=header.end)
            width = len(header.cells)
            for record in records:
                yield _judge(record, width=width, row_cells=dialect.row_cells or width)


def split_records(
    file: TextIO, dialect: Dialect, *, tally: Tally | None = None
) -> Iterator[CsvRecord]:
    """Yield records that are not blank, of any width."""
    lines = _Lines(file)
    reader = csv.reader(
        lines, strict=True, delimiter=dialect.delimiter, skipinitialspace=dialect.pads_quotes
    )
    number = 0
    while True:
        lines.begin_record()
        number += 1
        line = lines.done + 1
        try:
            cells = next(reader)
        except StopIteration:
            _fill_in(tally, lines, records=number - 1)
            return
        except csv.Error:
            yield _read_first_line(lines, dialect, number, line)
            continue
        if any(cells):
            yield CsvRecord(number, cells, line=line, end=_end_of(lines.taken[-1]))


def _fill_in(tally: Tally | None, lines: _Lines, *, records: int) -> None:
    if tally:
        tally.lines = lines.done + len(lines.taken)
        tally.records = records
        tally.has_large_rows = lines.has_large


def _read_first_line(lines: _Lines, dialect: Dialect, number: int, line: int) -> CsvRecord:
    """Make a record of the first of the lines that are none together."""
    text = lines.keep_first_line_only()
    if len(text) >= RECORD_LETTERS_LIMIT:
        cells = text[:1_000].split(dialect.delimiter)
        return CsvRecord(number, cells, Refusal.TOO_LARGE, line=line)
    bare, end = text.rstrip("\r\n"), _end_of(text)
    loose = split_loosely(bare, dialect)
    if loose:
        return CsvRecord(number, loose, line=line, has_loose_quotes=True, end=end)
    cells = bare.split(dialect.delimiter)
    return CsvRecord(number, cells, Refusal.BAD_QUOTING, line=line, end=end)


def _end_of(line: str) -> str:
    if line.endswith("\r\n"):
        return "\r\n"
    return line[-1] if line.endswith(("\n", "\r")) else ""


def _judge(record: CsvRecord, *, width: int, row_cells: int) -> CsvRecord:
    cells = record.cells
    refusal = record.refusal or _width_refusal(record, width=width, row_cells=row_cells)
    if not _are_text(cells):
        refusal = Refusal.BAD_ENCODING
    if not refusal and len(cells) == width:
        return record
    return CsvRecord(
        record.number,
        _as_text(cells) if refusal else cells[:width] + [""] * (width - len(cells)),
        refusal,
        line=record.line,
        has_loose_quotes=record.has_loose_quotes,
        end=record.end,
    )


def _width_refusal(record: CsvRecord, *, width: int, row_cells: int) -> Refusal | None:
    cells = record.cells
    if len(cells) == row_cells and not any(cells[width:]):
        return None
    if record.has_loose_quotes:
        return Refusal.BAD_QUOTING
    return Refusal.TOO_SHORT if len(cells) < row_cells else Refusal.TOO_LONG


def _are_text(cells: list[str]) -> bool:
    together = "".join(cells)
    return together.isascii() or not _NO_TEXT.search(together)


def _as_text(cells: list[str]) -> list[str]:
    """Put a question mark in the place of each byte that is no text."""
    return [cell.encode("utf-8", "replace").decode() for cell in cells]
