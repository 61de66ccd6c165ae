"""How a file's bytes become cells: the values that looking finds and reading needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Encoding(StrEnum):
    """How a file's bytes are to be read; the value is Python's codec."""

    UTF_8 = "utf-8"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    WINDOWS_1252 = "cp1252"
    LATIN_1 = "latin-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What a reader has to know of a file.

    Attributes:
        has_bom: A byte order mark stands at the beginning.
        has_nul: NUL bytes stand somewhere; they are left out.
        pads_quotes: Blanks stand between a delimiter and a quote, `1, "Oak"`, and do not count.
        row_cells: How many cells each row must have, where that is not the header's number,
            because delimiters that mean nothing end the rows alone or the header alone.
    """

    encoding: Encoding
    has_bom: bool = False
    has_nul: bool = False
    delimiter: str = ","
    pads_quotes: bool = False
    row_cells: int | None = None
