"""Look at a file's bytes before anything parses them: one pass, a few megabytes of memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

_CHUNK_BYTES = 4 * 1024 * 1024


class Encoding(StrEnum):
    """How a file's bytes are to be read; the value is Python's codec."""

    UTF_8 = "utf-8-sig"
    UTF_16 = "utf-16"
    WINDOWS_1252 = "cp1252"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file looks like.

    Attributes:
        is_plain: UTF-8 throughout, one kind of line end, no blank line, no NUL: DuckDB reads the
        file
            as it is, and the n-th row it finds is the n-th row of the file.
    """

    encoding: Encoding
    is_plain: bool


def look_at(path: Path) -> Shape:
    """Tell the encoding of a file and whether it is plain."""
    with path.open("rb") as file:
        head = file.read(2)
    if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return Shape(Encoding.UTF_16, is_plain=False)
    broken, beyond_ascii = _count_utf8(path)
    if broken and not beyond_ascii:
        return Shape(Encoding.WINDOWS_1252, is_plain=False)
    return Shape(Encoding.UTF_8, is_plain=not broken and _has_plain_lines(path))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _count_utf8(path: Path) -> tuple[int, int]:
    """Count places that are not UTF-8, and the characters beyond ASCII that are."""
    broken = beyond_ascii = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    for chunk in chain(_chunks(path), [b""]):
        if chunk and chunk.isascii() and not decoder.getstate()[0]:
            continue
        text = decoder.decode(chunk, final=not chunk)
        wrong = text.count("\N{REPLACEMENT CHARACTER}")
        broken += wrong
        beyond_ascii += len(text) - len(text.encode("ascii", "ignore")) - wrong
    return broken, beyond_ascii


def _has_plain_lines(path: Path) -> bool:
    returns = feeds = pairs = 0
    last = b"\n"  # a file that begins with a line end begins with a blank line
    for chunk in _chunks(path):
        joined = last + chunk
        if b"\0" in chunk or b"\n\n" in joined or b"\n\r" in joined:
            return False
        returns += chunk.count(b"\r")
        feeds += chunk.count(b"\n")
        pairs += joined.count(b"\r\n")
        last = chunk[-1:]
    return returns == pairs and pairs in (0, feeds)
