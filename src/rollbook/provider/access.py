"""Who asks: from an access token to the one connection it speaks for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest
from oauth2_provider.models import AccessToken
from oauth2_provider.utils import parse_bearer_token

from rollbook.oneroster import Resource
from rollbook.provider.errors import ForbiddenError, UnauthorisedError
from rollbook.provider.grants import Coverage
from rollbook.sharing.models import SharingRule
from rollbook.sqlfiles import read_sql

Row = dict[str, Any]

_GRANTED = (Resource.ORGS, Resource.CLASSES, Resource.USERS)


@dataclass(frozen=True, slots=True)
class Reader:
    """A connection, as far as a read needs it.

    Attributes:
        connection_number: Its number in the district.
        coverage: How much of the live roster it is granted.
        counts: Active records that it sees, by the name of their collection; may lack any.
        change_number: Of the district's last change; 0 before the first publish.
        published_at: When the roster was last published. None before the first publish.
    """

    district_id: int
    connection_number: int
    coverage: Coverage
    counts: dict[str, int]
    change_number: int
    published_at: datetime | None

    def live_count(self, name: str) -> int | None:
        """Return how many live records of a collection are seen, where that is known."""
        return self.counts.get(name) if self.coverage is Coverage.WHOLE else None


def access_connection(request: HttpRequest, *, scopes: Sequence[str], address: str) -> Reader:
    """Return the reader that a request's access token stands for. Two queries.

    PostgreSQL shows the request rows of the connection's district, and of no other.

    Args:
        scopes: Of these the token must have one.
        address: The absolute address asked for; a token may be made for some addresses only.

    Raises:
        UnauthorisedError: The token is missing, unknown or expired, or made for another address.
        ForbiddenError: It lacks the scope, or its application is connected to no district.
    """
    raw = parse_bearer_token(request.headers.get("Authorization"))
    found = _find_token(raw) if raw else None
    token = _token(found) if found else None
    if found is None or token is None or token.is_expired() or not token.allows_audience(address):
        raise UnauthorisedError(
            "The access token is missing, unknown or expired. Ask the token endpoint for one."
        )
    if not any(token.allow_scopes([scope]) for scope in scopes):
        raise ForbiddenError(f"The access token lacks the scope {scopes[0]}.")
    row = _row("connection_of_client", found)
    if row is None:
        raise ForbiddenError("This application is not connected to a district.")
    return _reader(row)


def _find_token(raw: str) -> Row | None:
    """Return what is known of a token, by its checksum: the token itself is not stored."""
    checksum = hashlib.sha256(raw.encode("utf-8", "surrogateescape")).hexdigest()
    return _row("token", {"checksum": checksum})


def _row(statement: str, values: Row) -> Row | None:
    with connection.cursor() as cursor:
        # Not by the models: this runs for every request, and building the query takes longer
        # than its answer.
        cursor.execute(read_sql("rollbook.provider", statement), values)
        row = cursor.fetchone()
        names = [column.name for column in cursor.description]
        return dict(zip(names, row, strict=True)) if row else None


def _token(row: Row) -> AccessToken:
    """Return the token as far as its own rules need it."""
    resource = json.loads(row["resource"] or "[]")
    return AccessToken(expires=row["expires"], scope=row["scope"], resource=resource)


def _reader(row: Row) -> Reader:
    counts, roster_counts = (
        json.loads(row["connection_counts"]),
        json.loads(row["roster_counts"] or "{}"),
    )
    return Reader(
        district_id=row["district_id"],
        connection_number=row["number"],
        coverage=_coverage(row["rule"], counts, roster_counts),
        counts={name: n for name, n in counts.items() if isinstance(n, int)},
        change_number=row["change_number"] or 0,
        published_at=row["published_at"],
    )


def _coverage(rule: str, counts: dict[str, int], roster_counts: dict[str, int]) -> Coverage:
    """Return whole only where the grants prove it.

    Grants are of live records, so as many of them as there are records means all of them. Were the
    grants of a publish ever missing, the numbers would differ, and the grants alone would count.
    """
    is_complete = all(
        name in counts and counts[name] == roster_counts.get(name) for name in _GRANTED
    )
    return Coverage.WHOLE if rule == SharingRule.ALL and is_complete else Coverage.PART
