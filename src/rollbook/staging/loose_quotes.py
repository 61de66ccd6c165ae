"""Understand a row whose inner quotes were not doubled, where there is only one way to.

Source: help pages of a large roster hub show `"Thomas "Tom" Ford"` (fact base, native format 3.1).
"""

from __future__ import annotations

import re
from functools import cache

from rollbook.staging.dialect import Dialect


def split_loosely(line: str, dialect: Dialect) -> list[str] | None:
    """Split one line into cells; None where its quotes can be understood in no way or in several.

    A quote closes a cell before a delimiter or the line's end, and is part of the value anywhere
    else. Refused are quotes in cells that do not begin with one, quotes after a delimiter within
    a cell, and cells in which some inner quotes are doubled and others are not.
    """
    delimiter = dialect.delimiter
    closing = _closing_quote(delimiter)
    cells: list[str] = []
    at = 0
    while at <= len(line):
        while dialect.pads_quotes and line.startswith(" ", at):
            at += 1
        is_quoted = line.startswith('"', at)
        end = closing.search(line, at + 1) if is_quoted else None
        if is_quoted and not end:
            return None
        stop = end.start() if end else _next(line, delimiter, at)
        value = _value(line[at + is_quoted : stop], delimiter, is_quoted=is_quoted)
        if value is None:
            return None
        cells.append(value)
        at = stop + is_quoted + 1
    return cells


@cache
def _closing_quote(delimiter: str) -> re.Pattern[str]:
    return re.compile(f'"(?={re.escape(delimiter)}|\\Z)')


def _next(line: str, delimiter: str, at: int) -> int:
    found = line.find(delimiter, at)
    return len(line) if found < 0 else found


def _value(inner: str, delimiter: str, *, is_quoted: bool) -> str | None:
    if '"' not in inner:
        return inner
    if not is_quoted or f'{delimiter}"' in inner:
        return None
    if '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return None if '""' in inner else inner
