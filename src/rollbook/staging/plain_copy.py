"""Copy a file that is not plain for want of little, so that DuckDB can read it after all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from rollbook.staging.decoding import clean_chunks
from rollbook.staging.dialect import Encoding
from rollbook.staging.shape import Shape, look_at


@contextmanager
def plain_copy(path: Path, shape: Shape, copy: Path, *, cells: int) -> Iterator[tuple[Path, Shape]]:
    """Give a copy with the same records, or the file itself when a copy would not help.

    The copy is UTF-8 without NUL bytes. Where no quote makes a line end part of a value, its lines
    end alike, and blank lines are rows of empty cells, which count as blank all the same.

    Args:
        copy: Where to write it; it is gone afterwards.
        cells: How many cells a row has.
    """
    if not shape.needs_copy:
        yield path, shape
        return
    try:
        chunks = clean_chunks(path, shape)
        if not shape.quotes:
            blank = shape.delimiter.encode() * (cells - 1)
            chunks = _with_full_lines(_with_feeds(chunks), blank)
        with copy.open("wb") as out:
            out.writelines(chunks)
        known = look_at(copy, encoding=Encoding.UTF_8)
        yield copy, replace(known, delimiter=shape.delimiter, row_cells=shape.row_cells)
    finally:
        copy.unlink(missing_ok=True)


def _with_feeds(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """End all lines with a line feed."""
    held = b""
    for chunk in chain(chunks, [b""]):
        whole = held + chunk
        held = b"\r" if chunk and whole.endswith(b"\r") else b""  # half of a pair, perhaps
        whole = whole.removesuffix(held)
        yield whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _with_full_lines(chunks: Iterable[bytes], blank: bytes) -> Iterator[bytes]:
    """Put the delimiters of a row into lines of nothing, those before the header apart."""
    last = b""
    for chunk in chunks:
        if last == b"\n" and chunk.startswith(b"\n"):
            yield blank
        yield _fill(_fill(chunk, blank), blank) if blank else chunk
        last = chunk[-1:] or last


def _fill(chunk: bytes, blank: bytes) -> bytes:
    """Fill lines of nothing; of three line feeds in a row the second pair is left for next time."""
    return chunk.replace(b"\n\n", b"\n" + blank + b"\n")
