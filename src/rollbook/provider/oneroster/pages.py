"""Read pages and single records: at most three queries for a page, one for a record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from rollbook.provider.access import Reader
from rollbook.provider.errors import UnknownObjectError
from rollbook.provider.oneroster.paging import Cursor, Extent, Paging
from rollbook.provider.oneroster.routes import ROOTS, Route
from rollbook.provider.oneroster.statements import (
    count_statement,
    page_statement,
    place_statement,
    single_statement,
)


@dataclass(frozen=True, slots=True)
class Page:
    """Records as the text of JSON objects with commas between, and where they stand."""

    bodies: str
    extent: Extent


def find_page(route: Route, reader: Reader, *, ids: dict[str, str], paging: Paging) -> Page:
    """Return one page of a collection; an empty one past the end or below an unknown record."""
    values = _values(route, reader, ids)
    total = _total(route, reader, values, paging)
    after = _place(route, reader, values, paging)
    if after is None:
        return Page("", Extent(count=0, total=total, following=None))
    statement = page_statement(route, reader.coverage)
    row = _row(statement, {**values, "after": after, "limit": paging.limit})
    count, last, bodies, has_more = row or (0, None, None, False)
    reached = paging.offset + count
    total = max(total, reached)  # a record may have come since the total was counted
    following = Cursor(reached, last, reader.change_number, total) if has_more else None
    return Page(bodies or "", Extent(count=count, total=total, following=following))


def find_record(route: Route, reader: Reader, *, ids: dict[str, str]) -> str:
    """Return one record as the text of a JSON object.

    Raises:
        UnknownObjectError: There is none by this id that the connection may know.
    """
    row = _row(single_statement(route, reader.coverage), _values(route, reader, ids))
    if row is None:
        raise UnknownObjectError(f"There is no such record among {route.name}.")
    return str(row[0])


def _values(route: Route, reader: Reader, ids: dict[str, str]) -> dict[str, Any]:
    root = settings.PUBLIC_URL + ROOTS[route.version]
    return {
        **ids,
        "district": reader.district_id,
        "connection": reader.connection_number,
        "withdrawn_at": reader.published_at,
        "root": json.dumps(root)[1:-1],  # as it stands inside a JSON text
    }


def _place(route: Route, reader: Reader, values: dict[str, Any], paging: Paging) -> str | None:
    """Return the served id behind which the page begins; None past the end. Ids are never blank."""
    if paging.offset == 0:
        return ""
    if paging.cursor:
        return paging.cursor.after
    statement = place_statement(route, reader.coverage)
    row = _row(statement, {**values, "skip": paging.offset - 1})
    return row[0] if row else None


def _total(route: Route, reader: Reader, values: dict[str, Any], paging: Paging) -> int:
    """Return how many records the collection has: taken along, known beforehand, or counted."""
    cursor = paging.cursor
    if cursor and cursor.change_number == reader.change_number:
        return cursor.total
    live = None if route.related else reader.live_count(route.name)
    statement = count_statement(route, reader.coverage, only_removed=live is not None)
    row = _row(statement, values)
    counted = row[0] if row else 0
    return (live or 0) + int(counted)


def _row(statement: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row
