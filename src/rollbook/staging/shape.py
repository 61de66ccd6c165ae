"""Look at a file's bytes before anything parses them: two passes, a few megabytes of memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from rollbook.staging.decoding import is_utf8, open_text, tell_encoding, utf8_chunks
from rollbook.staging.dialect import Dialect, Encoding
from rollbook.staging.line_counts import LineCounts, LineEnd, count_lines
from rollbook.staging.records import CsvRecord, split_records

__all__ = ["Encoding", "LineEnd", "Shape", "TrailingDelimiter", "look_at", "physical_lines"]

_SAMPLE_ROWS = 1_000
_NEARLY_ALL = 0.9
_SAMPLE_LETTERS = 20_000_000


class TrailingDelimiter(StrEnum):
    """Which lines end with delimiters after which nothing comes."""

    EVERY_LINE = "every_line"
    ROWS = "rows"
    HEADER = "header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape(Dialect):
    """What a file looks like; each fact is worth a word to the sender.

    Facts, beside `encoding`, `has_bom`, `delimiter` and `pads_quotes` of the dialect:

    Attributes:
        line_ends: Every kind that there is, the most frequent first. Line breaks within quotes
            are among them; what ends rows says `Loaded.line_ends`.
        blank_lines: Lines of nothing, those at the end of the file included.
        nul_bytes: How many were left out.
        is_text: Every byte belongs to a letter; if not, the rows concerned are refused.
        is_ascii: Not one letter tells UTF-8, Windows-1252 and Latin-1 apart.
        is_twice_encoded: UTF-8 was read as Windows-1252 and encoded again: Ã© for é.
        trailing_delimiter: Whether lines end with delimiters that mean nothing. `every_line`: the
            header's last names are empty and so are the cells below. `rows`: rows alone have more
            cells than the header, all empty; `header`: the header alone has them.
        quotes: How many quotes the file holds; without any, records and lines are numbered alike.
        lines: Lines of the file, blank ones included.

    For the reader:

    Attributes:
        is_plain: UTF-8 throughout, one kind of line end, no blank line but at the end, no NUL, no
            blank before a quote: if DuckDB reads the file without losing a byte, the n-th row it
            finds is the n-th row of the file.
        needs_copy: A copy as UTF-8, without NUL bytes, mixed line ends and blank lines, may be
            plain.
        row_bytes: Bytes after the header without quotes, as if the last line had its end. None:
            they cannot be told.
    """

    line_ends: tuple[LineEnd, ...] = ()
    blank_lines: int = 0
    nul_bytes: int = 0
    is_text: bool = True
    is_ascii: bool = False
    is_twice_encoded: bool = False
    trailing_delimiter: TrailingDelimiter | None = None
    quotes: int = 0
    lines: int = 0
    is_plain: bool = False
    needs_copy: bool = False
    row_bytes: int | None = None


def look_at(path: Path, *, encoding: Encoding | None = None) -> Shape:
    """Tell everything about a file that its bytes alone can tell.

    Args:
        encoding: Known already; None: to be told.
    """
    told, has_bom = (encoding, False) if encoding else tell_encoding(path)
    is_text = is_utf8(utf8_chunks(path, told))
    counts = count_lines(utf8_chunks(path, told))
    dialect = Dialect(
        encoding=told,
        has_bom=has_bom,
        has_nul=counts.nul_bytes > 0,
        delimiter=counts.delimiter,
        pads_quotes=counts.pads_quotes,
    )
    row_cells, trailing = _tell_row_cells(path, dialect)
    has_mixed_ends = len(counts.line_ends) > 1
    return Shape(
        encoding=told,
        has_bom=has_bom,
        has_nul=dialect.has_nul,
        delimiter=dialect.delimiter,
        pads_quotes=dialect.pads_quotes,
        row_cells=row_cells,
        line_ends=counts.line_ends,
        blank_lines=counts.blank_lines,
        nul_bytes=counts.nul_bytes,
        is_text=is_text,
        is_ascii=counts.is_ascii and told is Encoding.UTF_8 and not has_bom,
        is_twice_encoded=is_text and told is Encoding.UTF_8 and counts.is_twice_encoded,
        trailing_delimiter=trailing,
        quotes=counts.quotes,
        lines=counts.lines,
        is_plain=(
            is_text
            and told is Encoding.UTF_8
            and not (counts.nul_bytes or counts.pads_quotes or has_mixed_ends)
            and not counts.has_blank_line_between
            and counts.header_bytes is not None
        ),
        needs_copy=(
            told is not Encoding.UTF_8
            or counts.nul_bytes > 0
            or (not counts.quotes and (has_mixed_ends or counts.has_blank_line_between))
        ),
        row_bytes=_row_bytes(counts),
    )


def _row_bytes(counts: LineCounts) -> int | None:
    """Count the bytes after the header, without quotes and as if the last line had its end."""
    if counts.header_bytes is None or counts.header_quotes % 2:
        return None  # a name of a column goes on in the next line
    if counts.content_bytes <= counts.header_bytes:
        return 0
    last_end = len(counts.line_ends[0])
    in_rows = counts.content_bytes - counts.header_bytes + last_end
    return in_rows - (counts.quotes - counts.header_quotes)


def _tell_row_cells(path: Path, dialect: Dialect) -> tuple[int | None, TrailingDelimiter | None]:
    """Tell how many cells a row has, and which lines end with delimiters that mean nothing.

    A row with one cell too many may as well hold a comma that nobody put into quotes. So cells too
    many count as empty ends only where nearly all rows have as many, and nothing looks like prose.
    """
    with open_text(path, dialect) as file:
        records = split_records(file, dialect)
        header = next(records, None)
        if not header:
            return None, None
        width, named = len(header.cells), _filled(header.cells)
        rows = list(_sample(records, is_enough=lambda row: len(row) == width == named))
    if not rows or len(rows[0]) == width == named:
        return None, None
    cells, _ = Counter(map(len, rows)).most_common(1)[0]
    usual = [row for row in rows if len(row) == cells and not any(row[width:])]
    is_clear = len(usual) >= max(2, _NEARLY_ALL * len(rows))
    if cells == width and all(_filled(row) <= named for row in usual):
        return None, TrailingDelimiter.EVERY_LINE
    if named <= cells < width and is_clear:
        return cells, TrailingDelimiter.HEADER
    if cells > width and is_clear and not _looks_like_prose(usual):
        return cells, TrailingDelimiter.ROWS
    return None, None


def _sample(
    records: Iterator[CsvRecord], *, is_enough: Callable[[list[str]], bool]
) -> Iterator[list[str]]:
    """Yield the first rows that are quoted well; one alone where it says enough."""
    letters = 0
    for record in islice(records, _SAMPLE_ROWS):
        if not record.refusal:
            yield record.cells
            letters += sum(map(len, record.cells))
            if letters > _SAMPLE_LETTERS or is_enough(record.cells):
                return


def _filled(cells: list[str]) -> int:
    """Count the cells up to the last that holds anything."""
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)


def _looks_like_prose(rows: Sequence[list[str]]) -> bool:
    """Whether cells too many may come from commas in a text, `Oak, upper`."""
    padded = sum(any(cell.startswith(" ") for cell in row) for row in rows)
    return padded > (1 - _NEARLY_ALL) * len(rows)


def physical_lines(path: Path, shape: Shape, records: Collection[int]) -> dict[int, int]:
    """Return the line on which a record begins, for those where it is not the record's number.

    Reads the file up to the last of the records, unless it holds no quote: then no record has
    more than a line. Nor need it be called where `Loaded.has_line_breaks` is false.
    """
    last = max(records, default=0)
    if not last or not shape.quotes:
        return {}
    wanted = frozenset(records)
    lines = {}
    with open_text(path, shape) as file:
        for record in split_records(file, shape):
            if record.number > last:
                break
            if record.line != record.number and record.number in wanted:
                lines[record.number] = record.line
    return lines
