"""Count what stands between a file's lines, in one pass of bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from rollbook.staging.decoding import is_twice_encoded
from rollbook.staging.headers import tell_delimiter

# Each line end as a whole: the carriage return of a pair is none of its own.
_BLANK_LINE = re.compile(rb"(?>\r\n|\r|\n)(?=[\r\n])")
_LINE_END = re.compile(rb"\r\n|\r|\n")


class LineEnd(StrEnum):
    """What ends lines."""

    CRLF = "\r\n"
    LF = "\n"
    CR = "\r"


@dataclass(slots=True)
class LineCounts:
    """What a pass over a file's bytes, as UTF-8, found.

    Attributes:
        feeds: Line feeds, those of pairs included; returns likewise.
        pairs: Carriage returns with a line feed after them.
        blank_lines: Line ends right after another, or at the beginning.
        content_bytes: Bytes up to the end of the last line that is not blank.
        first_blank_at: Where the first blank line begins; None: there is none.
        header_bytes: Bytes of the first line with its end; None: it does not end at the beginning
            of the file.
    """

    feeds: int = 0
    returns: int = 0
    pairs: int = 0
    quotes: int = 0
    nul_bytes: int = 0
    blank_lines: int = 0
    content_bytes: int = 0
    first_blank_at: int | None = None
    header_bytes: int | None = None
    header_quotes: int = 0
    delimiter: str = ","
    pads_quotes: bool = False
    is_twice_encoded: bool = False
    is_ascii: bool = True
    _size: int = 0
    _after_end: bool = True
    _tail: bytes = b""
    _padded: re.Pattern[bytes] = field(default=re.compile(b""))

    @property
    def lines(self) -> int:
        """Lines of the file, blank ones included."""
        ended = self.feeds + self.returns - self.pairs
        return ended + (not self._after_end)

    @property
    def line_ends(self) -> tuple[LineEnd, ...]:
        """Every kind of line end that there is, within quotes as well, the most frequent first."""
        counts = {
            LineEnd.CRLF: self.pairs,
            LineEnd.LF: self.feeds - self.pairs,
            LineEnd.CR: self.returns - self.pairs,
        }
        return tuple(end for end in sorted(counts, key=counts.__getitem__)[::-1] if counts[end])

    @property
    def has_blank_line_between(self) -> bool:
        """Whether a blank line stands anywhere but at the end."""
        return self.first_blank_at is not None and self.first_blank_at < self.content_bytes

    def take(self, chunk: bytes) -> None:
        """Count the next bytes; a pair of return and line feed is not cut in two."""
        if b"\0" in chunk:
            self.nul_bytes += chunk.count(b"\0")
            chunk = chunk.replace(b"\0", b"")
        if not chunk:
            return
        if not self._size:
            self._take_header(chunk)
        feeds, returns, pairs = _count_ends(chunk)
        self.feeds, self.returns = self.feeds + feeds, self.returns + returns
        self.pairs += pairs
        self._count_blank_lines(chunk, _between_lines(feeds, returns, pairs))
        if b'"' in chunk:
            self.quotes += chunk.count(b'"')
            self.pads_quotes |= bool(self._padded.search(self._tail + chunk))
        if not chunk.isascii():
            self.is_ascii = False
            self.is_twice_encoded |= is_twice_encoded(chunk)
        content = chunk.rstrip(b"\r\n")
        self.content_bytes = self._size + len(content) if content else self.content_bytes
        self._tail = chunk[-3:]
        self._after_end = chunk[-1:] in b"\r\n"
        self._size += len(chunk)

    def _take_header(self, chunk: bytes) -> None:
        start = len(chunk) - len(chunk.lstrip(b"\r\n"))
        end = _LINE_END.search(chunk, start)
        header = chunk[start : end.start() if end else len(chunk)]
        self.delimiter = tell_delimiter(header.decode("utf-8", "replace"))
        # A blank, then a quoted value, perhaps an empty one: not the inside of `"He said, ""so"""`.
        self._padded = re.compile(re.escape(self.delimiter.encode()) + rb' "(?:[^"]|"[,;|\t\r\n])')
        if end and not start:
            self.header_bytes = end.end()
            self.header_quotes = header.count(b'"')

    def _count_blank_lines(self, chunk: bytes, between: tuple[bytes, ...]) -> None:
        if self._after_end and chunk[:1] in b"\r\n":
            self.blank_lines += 1
            self.first_blank_at = self._size if self.first_blank_at is None else self.first_blank_at
        if any(blank in chunk for blank in between):
            self.blank_lines += len(_BLANK_LINE.findall(chunk))
            first = _BLANK_LINE.search(chunk)
            if self.first_blank_at is None and first:
                self.first_blank_at = self._size + first.end()


def _count_ends(chunk: bytes) -> tuple[int, int, int]:
    """Count line feeds, carriage returns, and pairs of the two."""
    feeds, returns = chunk.count(b"\n"), 0
    if b"\r" in chunk:
        returns = chunk.count(b"\r")
    return feeds, returns, chunk.count(b"\r\n") if returns else 0


def _between_lines(feeds: int, returns: int, pairs: int) -> tuple[bytes, ...]:
    """Return what a blank line looks like; where all ends are of one kind there is one way."""
    if feeds == returns == pairs:
        return (b"\n\r",)
    if not returns:
        return (b"\n\n",)
    return b"\n\n", b"\n\r", b"\r\r"


def count_lines(chunks: Iterable[bytes]) -> LineCounts:
    """Count over a whole file."""
    counts = LineCounts()
    for chunk in _with_whole_pairs(chunks):
        counts.take(chunk)
    return counts


def _with_whole_pairs(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        whole = held + chunk
        held = b"\r" if whole.endswith(b"\r") else b""
        yield whole[:-1] if held else whole
    yield held
