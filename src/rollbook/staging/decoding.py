"""Tell how a file's bytes are encoded, and give it out as UTF-8 whatever it is.

Whatever is no text stays a byte that is no UTF-8, so that a reader can tell which row holds it.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from typing_extensions import Buffer, override

from rollbook.staging.dialect import Dialect, Encoding

_CHUNK_BYTES = 4 * 1024 * 1024
_HEAD_BYTES = 4_096

_WIDE_MARKS = {codecs.BOM_UTF16_LE: Encoding.UTF_16_LE, codecs.BOM_UTF16_BE: Encoding.UTF_16_BE}
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_ALL_BUT_C1 = bytes(code for code in range(256) if not 0x80 <= code <= 0x9F)

# Letters of Western Europe as UTF-8, read as Windows-1252 or Latin-1 and encoded as UTF-8 again: é
# has become Ã and ©. The last line is for dashes and curly quotes, which began as three bytes.
_TWICE_ENCODED = re.compile(
    rb"\xc3[\x82\x83](?:\xc2[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]"
    rb"|\xe2\x80[\x93\x94\x98-\x9e\xa0-\xa2\xa6\xb0\xb9\xba]|\xe2\x82\xac|\xe2\x84\xa2)"
    rb"|\xc3\xa2(?:\xe2\x82\xac|\xc2\x80)"
)


def _mark_as_no_text(error: UnicodeError) -> tuple[str, int]:
    """Put one byte that is no text in the place of a broken pair."""
    return "\udc80", getattr(error, "end", 0)


codecs.register_error("rollbook-no-text", _mark_as_no_text)


def tell_encoding(path: Path) -> tuple[Encoding, bool]:
    """Tell the encoding of a file, and whether a byte order mark says so."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head[:2] in _WIDE_MARKS:
        return _WIDE_MARKS[head[:2]], True
    wide = _tell_wide(head)
    if wide:
        return wide, False
    has_bom = head.startswith(codecs.BOM_UTF8)
    if has_bom or is_utf8(_raw_chunks(path)) or not _is_rather_windows(path):
        return Encoding.UTF_8, has_bom
    return _tell_western(path), False


def _tell_wide(head: bytes) -> Encoding | None:
    """Recognise UTF-16 without a mark: of letters of English, every other byte is NUL."""
    high, low = head[0::2], head[1::2]
    most = 0.6 * len(low)
    if len(head) < 4 or b"\0" not in head:
        return None
    if low.count(0) > most and not high.count(0):
        return Encoding.UTF_16_LE
    return Encoding.UTF_16_BE if high.count(0) > most and not low.count(0) else None


def is_utf8(chunks: Iterable[bytes]) -> bool:
    """Whether all of it is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chain(chunks, [b""]):
            if not chunk or not chunk.isascii() or decoder.getstate()[0]:
                decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError:
        return False
    return True


def _is_rather_windows(path: Path) -> bool:
    """Whether most of what is not ASCII is not UTF-8 either: then none of it is meant to be."""
    broken = beyond_ascii = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    for chunk in chain(_raw_chunks(path), [b""]):
        text = decoder.decode(chunk, final=not chunk)
        wrong = len(_ESCAPED_BYTE.findall(text))
        broken += wrong
        beyond_ascii += len(text) - len(text.encode("ascii", "ignore")) - wrong
    return broken > beyond_ascii


def _tell_western(path: Path) -> Encoding:
    """Tell Windows-1252 by the bytes that are letters and quotes there, and nothing in Latin-1."""
    if any(chunk.translate(None, _ALL_BUT_C1) for chunk in _raw_chunks(path)):
        return Encoding.WINDOWS_1252
    return Encoding.LATIN_1


def is_twice_encoded(chunk: bytes) -> bool:
    """Whether UTF-8 holds letters that were encoded twice, like Ã© for é."""
    may_be = b"\xc3\x83" in chunk or b"\xc3\x82" in chunk or b"\xc3\xa2" in chunk
    return may_be and bool(_TWICE_ENCODED.search(chunk))


def _raw_chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def utf8_chunks(path: Path, encoding: Encoding) -> Iterator[bytes]:
    """Yield a file as UTF-8, without its byte order mark, NUL bytes included."""
    chunks = _raw_chunks(path) if encoding is Encoding.UTF_8 else _transcoded(path, encoding)
    for first in chunks:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from chunks


def _transcoded(path: Path, encoding: Encoding) -> Iterator[bytes]:
    is_wide = encoding in _WIDE_MARKS.values()
    errors = "rollbook-no-text" if is_wide else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
    for chunk in chain(_raw_chunks(path), [b""]):
        text = decoder.decode(chunk, final=not chunk)
        yield text.encode("utf-8", "surrogateescape")


class _Stream(io.RawIOBase):
    """Chunks as a file that can be read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._left = memoryview(b"")

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = memoryview(chunk)
        taken = min(len(target), len(self._left))
        target[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken


def clean_chunks(path: Path, dialect: Dialect) -> Iterator[bytes]:
    """Yield a file as UTF-8 without byte order mark and NUL bytes."""
    chunks = utf8_chunks(path, dialect.encoding)
    return (chunk.replace(b"\0", b"") for chunk in chunks) if dialect.has_nul else chunks


def open_text(path: Path, dialect: Dialect) -> TextIO:
    """Open a file as text with its line ends; what is no text becomes lone surrogates."""
    if dialect.encoding is Encoding.UTF_8 and not dialect.has_nul:
        return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    stream = io.BufferedReader(_Stream(clean_chunks(path, dialect)))
    return io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
