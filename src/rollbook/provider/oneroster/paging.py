"""Where a page begins and how long it is: `limit`, `offset`, and the links between pages.

A page begins behind a served id, so a deep page costs what the first one costs. `offset`, which the
standard wants, has to be counted out. Links therefore carry, beside the offset, a `cursor` that
names the place: whoever follows them pays nothing for depth, and misses nothing when records come
and go meanwhile. A cursor that cannot be read, or stands for another offset, is passed over.

Source: OneRoster 1.1 REST, pagination; fact base sections 13 and 14.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import QueryDict

from rollbook.provider.errors import InvalidDataError

DEFAULT_LIMIT = 100
LARGEST_LIMIT = 10_000
_LARGEST_OFFSET = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place before a page.

    Attributes:
        offset: How many records precede the page.
        after: The served id of the last of them.
        change_number: The district's when `total` was counted.
        total: Records in the collection.
    """

    offset: int
    after: str
    change_number: int
    total: int


@dataclass(frozen=True, slots=True)
class Paging:
    """A page that was asked for: `limit` is 1 to 10,000, `offset` 0 or more."""

    limit: int
    offset: int
    cursor: Cursor | None


@dataclass(frozen=True, slots=True)
class Extent:
    """A page that was found.

    Attributes:
        count: Records in it.
        total: Records in the collection.
        following: The place behind it; None on the last page.
    """

    count: int
    total: int
    following: Cursor | None


def read_paging(query: QueryDict) -> Paging:
    """Return the page asked for.

    Raises:
        InvalidDataError: limit or offset is not a whole number in its range, or given twice.
    """
    limit = _number(query, "limit", default=DEFAULT_LIMIT, smallest=1)
    offset = _number(query, "offset", default=0, smallest=0)
    cursor = _read_cursor(query.get("cursor", ""))
    is_here = cursor is not None and cursor.offset == offset > 0
    return Paging(min(limit, LARGEST_LIMIT), offset, cursor if is_here else None)


def link_header(address: str, query: QueryDict, paging: Paging, extent: Extent) -> str:
    """Return the `Link` header: first, prev, next and last, as far as there are such pages.

    Args:
        address: The absolute address of the collection, percent-encoded.
        query: The request's parameters, which every link repeats.
    """
    others = [(k, v) for k, vs in query.lists() for v in vs if k not in _OURS]
    links = (
        (relation, [*others, ("limit", str(paging.limit)), *place])
        for relation, place in _places(paging, extent)
    )
    return ", ".join(
        f'<{address}?{urlencode(parameters, quote_via=quote, safe="")}>; rel="{relation}"'
        for relation, parameters in links
    )


_OURS = ("limit", "offset", "cursor")


def _places(paging: Paging, extent: Extent) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    last = max(extent.total - 1, 0) // paging.limit * paging.limit
    yield "first", _place(0)
    if paging.offset > 0:
        yield "prev", _place(max(min(paging.offset - paging.limit, last), 0))
    if extent.following:
        cursor = ("cursor", _write_cursor(extent.following))
        yield "next", [*_place(extent.following.offset), cursor]
    yield "last", _place(last)


def _place(offset: int) -> list[tuple[str, str]]:
    return [("offset", str(offset))]


def _number(query: QueryDict, name: str, *, default: int, smallest: int) -> int:
    values = query.getlist(name) or [str(default)]
    text = values[0]
    is_number = len(values) == 1 and text.isascii() and text.isdigit() and len(text) <= 19
    if not is_number or not smallest <= int(text) <= _LARGEST_OFFSET:
        raise InvalidDataError(f"{name} must be one whole number, {smallest} or more.")
    return int(text)


def _write_cursor(cursor: Cursor) -> str:
    parts = [cursor.offset, cursor.after, cursor.change_number, cursor.total]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _read_cursor(text: str) -> Cursor | None:
    """Return the cursor in a text; None where it is not one of ours.

    It is not signed: it chooses a place among records that the reader sees anyway.
    """
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        offset, after, change_number, total = parts
        after.encode("utf-8")
    except (binascii.Error, ValueError, TypeError, AttributeError, RecursionError):
        return None
    is_ours = all(type(number) is int for number in (offset, change_number, total))
    is_sane = is_ours and total >= 0 and "\x00" not in after
    return Cursor(offset, after, change_number, total) if is_sane else None
