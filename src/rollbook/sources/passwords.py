"""Cut passwords out of a delivery before it is stored.

Their columns stay, empty, so that the file keeps its shape and the reader still tells the sender
that passwords came. Files without such a column stay byte for byte as they came.

Source: design, "Time travel and forgetting": password columns are cut from a file before it is
stored; OneRoster 1.1 CSV users.csv `password`, Clever and SDS v1 `Password`.
"""

from __future__ import annotations

import codecs
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, BinaryIO

_TABLES = (".csv", ".txt", ".tsv")
_HEADER_BYTES = 256 * 1024
_CHUNK_BYTES = 1024 * 1024
_LINES_LIMIT = 1_000  # of one row; the careful reader of staging gives up there too
_DELIMITERS = (",", ";", "\t", "|")
_PASSWORD = re.compile(r"password|passwd|pwd", re.IGNORECASE)
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UNREADABLE = (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError)


@dataclass(frozen=True, slots=True)
class _Table:
    """How one file of the package is written: enough to find a column in each row."""

    encoding: str
    delimiter: str
    places: frozenset[int]

    @property
    def cell(self) -> re.Pattern[str]:
        """A cell as it stands: quoted, with what follows the quote, or bare."""
        stop = re.escape(self.delimiter)
        return re.compile(rf' *"(?:[^"]|"")*"(?!")[^{stop}\r\n]*|[^{stop}\r\n]*')


@contextmanager
def without_passwords(package: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the package itself, or a copy whose password cells are empty when it has any.

    What cannot be read is yielded as it is: no stage will read it either.
    """
    package.seek(0)
    try:
        with zipfile.ZipFile(package) as archive:
            tables = _find_tables(archive)
            if not tables:
                package.seek(0)
                yield package
                return
            with TemporaryFile() as copy:
                _write_without(archive, tables, copy)
                copy.seek(0)
                yield copy
    except zipfile.BadZipFile:
        package.seek(0)
        yield package


def _find_tables(archive: zipfile.ZipFile) -> dict[str, _Table]:
    """Return the files that have a password column, by their name in the archive."""
    found = {}
    for member in archive.infolist():
        if not member.filename.lower().endswith(_TABLES):
            continue
        try:
            with archive.open(member) as file:
                table = _look(file.read(_HEADER_BYTES))
        except _UNREADABLE:
            continue
        if table.places:
            found[member.filename] = table
    return found


def _look(head: bytes) -> _Table:
    encoding = _WIDE.get(head[:2]) or _guess_wide(head) or "latin-1"
    text = head.decode(encoding, "replace")
    header = re.split(r"[\r\n]", text.lstrip("\r\n \ufeff"), maxsplit=1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    table = _Table(encoding, delimiter, frozenset())
    names = [name for name, _, _ in _cells(header, table.cell, delimiter)]
    places = frozenset(place for place, name in enumerate(names) if _PASSWORD.search(name))
    return _Table(encoding, delimiter, places)


def _guess_wide(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by its NUL bytes; one byte per letter otherwise does for ASCII."""
    if b"\0" not in head[:64]:
        return None
    return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"


def _write_without(archive: zipfile.ZipFile, tables: dict[str, _Table], target: IO[bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        for member in archive.infolist():
            info = zipfile.ZipInfo(member.filename, member.date_time)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = member.external_attr
            with archive.open(member) as source, written.open(info, "w", force_zip64=True) as out:
                table = tables.get(member.filename)
                if table is None:
                    shutil.copyfileobj(source, out, length=_CHUNK_BYTES)
                    continue
                lines = io.TextIOWrapper(
                    source, encoding=table.encoding, errors="surrogatepass", newline=""
                )
                for row in _rows_without(lines, table):
                    out.write(row.encode(table.encoding, "surrogatepass"))


def _rows_without(lines: Iterator[str], table: _Table) -> Iterator[str]:
    cell, is_header = table.cell, True
    for row in _rows(lines, cell, table.delimiter):
        if is_header:
            is_header = not row.strip("\r\n \ufeff")
            yield row
        else:
            yield _without(row, cell, table)


def _rows(lines: Iterator[str], cell: re.Pattern[str], delimiter: str) -> Iterator[str]:
    """Yield rows as they stand; a quoted cell may go on over lines."""
    waiting: list[str] = []
    for line in lines:
        waiting.append(line)
        text = "".join(waiting) if len(waiting) > 1 else line
        if '"' not in text or _is_closed(text, cell, delimiter):
            yield text
            waiting = []
        elif len(waiting) >= _LINES_LIMIT:
            yield from waiting  # a quote that nobody closed: each line is a row of its own
            waiting = []
    yield from waiting


def _is_closed(text: str, cell: re.Pattern[str], delimiter: str) -> bool:
    """Whether the last cell ends where the text does."""
    return not any(
        raw.lstrip(" ").startswith('"') and not _is_whole(raw)
        for raw, _, _ in _cells(text, cell, delimiter)
    )


def _is_whole(raw: str) -> bool:
    return re.match(r' *"(?:[^"]|"")*"(?!")', raw) is not None


def _without(row: str, cell: re.Pattern[str], table: _Table) -> str:
    parts, done = [], 0
    for place, (raw, start, end) in enumerate(_cells(row, cell, table.delimiter)):
        if place in table.places and raw:
            parts.append(row[done:start])
            done = end
    return "".join([*parts, row[done:]]) if done else row


def _cells(row: str, cell: re.Pattern[str], delimiter: str) -> Iterator[tuple[str, int, int]]:
    """Yield each cell as it stands, with its begin and end in the row."""
    at = 0
    while match := cell.match(row, at):
        yield match.group(), match.start(), match.end()
        at = match.end()
        if row[at : at + 1] != delimiter:
            return
        at += 1
