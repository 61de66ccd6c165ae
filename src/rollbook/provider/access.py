"""Who asks: from an access token to the one connection it speaks for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from oauth2_provider.models import AccessToken
from oauth2_provider.utils import parse_bearer_token

from rollbook.oneroster import Resource
from rollbook.provider.errors import ForbiddenError, UnauthorisedError
from rollbook.provider.grants import Coverage
from rollbook.roster.models import Roster
from rollbook.sharing.models import Connection, SharingRule

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
    """Return the reader that a request's access token stands for. One query.

    Args:
        scopes: Of these the token must have one.
        address: The absolute address asked for; a token may be made for some addresses only.

    Raises:
        UnauthorisedError: The token is missing, unknown or expired, or made for another address.
        ForbiddenError: It lacks the scope, or its application is connected to no district.
    """
    token = _token(parse_bearer_token(request.headers.get("Authorization")))
    if token is None or token.is_expired() or not token.allows_audience(address):
        raise UnauthorisedError(
            "The access token is missing, unknown or expired. Ask the token endpoint for one."
        )
    if not any(token.allow_scopes([scope]) for scope in scopes):
        raise ForbiddenError(f"The access token lacks the scope {scopes[0]}.")
    try:
        connection = token.application.connection
    except (AttributeError, ObjectDoesNotExist):
        raise ForbiddenError("This application is not connected to a district.") from None
    return _reader(connection)


def _token(raw: str | None) -> AccessToken | None:
    """Return the token by its checksum: the token itself is not stored."""
    if not raw:
        return None
    checksum = hashlib.sha256(raw.encode("utf-8", "surrogateescape")).hexdigest()
    tokens = AccessToken.objects.select_related("application__connection__district__roster")
    found: AccessToken | None = tokens.filter(token_checksum=checksum).first()
    return found


def _reader(connection: Connection) -> Reader:
    roster: Roster | None = getattr(connection.district, "roster", None)
    return Reader(
        district_id=connection.district_id,
        connection_number=connection.number,
        coverage=_coverage(connection, roster),
        counts={name: n for name, n in connection.counts.items() if isinstance(n, int)},
        change_number=roster.change_number if roster else 0,
        published_at=roster.published_at if roster else None,
    )


def _coverage(connection: Connection, roster: Roster | None) -> Coverage:
    """Return whole only where the grants prove it.

    Grants are of live records, so as many of them as there are records means all of them. Between
    a publish and the computing of its grants the numbers differ, and the grants alone count.
    """
    if connection.rule != SharingRule.ALL or roster is None:
        return Coverage.PART
    is_complete = all(
        name in connection.counts and connection.counts[name] == roster.counts.get(name)
        for name in _GRANTED
    )
    return Coverage.WHOLE if is_complete else Coverage.PART
