"""Look at a file's bytes before anything parses them: one pass, a few megabytes of memory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

_CHUNK_BYTES = 4 * 1024 * 1024
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")


class Encoding(StrEnum):
    """How a file's bytes are to be read; the value is Python's codec."""

    UTF_8 = "utf-8-sig"
    UTF_16 = "utf-16"
    WINDOWS_1252 = "cp1252"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file looks like.

    Attributes:
        is_plain: UTF-8 throughout, one kind of line end, no blank line, no NUL, no blank before a
            quote: if DuckDB reads the file without losing a byte, the n-th row it finds is the n-th
            row of the file.
        line_end_bytes: Length of a line end of a plain file.
        pads_quotes: Blanks stand between a comma and a quote, `1, "Oak"`, and do not count.
        quotes: How many quotes the file holds.
    """

    encoding: Encoding
    is_plain: bool = False
    line_end_bytes: int = 1
    pads_quotes: bool = False
    quotes: int = 0


def look_at(path: Path) -> Shape:
    """Tell the encoding of a file and whether it is plain."""
    with path.open("rb") as file:
        head = file.read(2)
    if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Shape(Encoding.UTF_16)
    is_utf8 = _is_utf8(path)
    if not is_utf8 and _is_rather_windows(path):
        return Shape(Encoding.WINDOWS_1252)
    lines = _look_at_lines(path)
    return Shape(
        Encoding.UTF_8,
        is_plain=is_utf8 and lines.are_plain and not lines.pads_quotes,
        line_end_bytes=lines.end_bytes,
        pads_quotes=lines.pads_quotes,
        quotes=lines.quotes,
    )


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chain(_chunks(path), [b""]):
            if not chunk or not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError:
        return False
    return True


def _is_rather_windows(path: Path) -> bool:
    """Whether most of what is not ASCII is not UTF-8 either: then none of it is meant to be."""
    broken = beyond_ascii = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    for chunk in chain(_chunks(path), [b""]):
        text = decoder.decode(chunk, final=not chunk)
        wrong = len(_ESCAPED_BYTE.findall(text))
        broken += wrong
        beyond_ascii += len(text) - len(text.encode("ascii", "ignore")) - wrong
    return broken > beyond_ascii


@dataclass(frozen=True, slots=True)
class _Lines:
    are_plain: bool
    end_bytes: int
    pads_quotes: bool
    quotes: int


def _look_at_lines(path: Path) -> _Lines:
    returns = feeds = pairs = quotes = 0
    is_broken = pads_quotes = False
    last = b"\n"  # a file that begins with a line end begins with a blank line
    for chunk in _chunks(path):
        joined = last + chunk
        is_broken |= b"\0" in chunk or b"\n\n" in joined or b"\n\r" in joined
        pads_quotes |= b', "' in joined
        returns += chunk.count(b"\r")
        feeds += chunk.count(b"\n")
        pairs += chunk.count(b"\r\n") + (last[-1:] == b"\r" and chunk[:1] == b"\n")
        quotes += chunk.count(b'"')
        last = joined[-2:]
    return _Lines(
        are_plain=not is_broken and returns == pairs and pairs in (0, feeds),
        end_bytes=2 if pairs else 1,
        pads_quotes=pads_quotes,
        quotes=quotes,
    )
