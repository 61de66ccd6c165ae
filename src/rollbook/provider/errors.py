"""Refusals, each with its HTTP status and OneRoster's word for it.

Source: OneRoster 1.1 REST, status codes; fact base section 17. The codes are spelt as in the 1.1
OpenAPI document; the prose writes some of them with blanks.
"""

from __future__ import annotations

from typing import ClassVar


class RefusedError(Exception):
    """A request that gets no data. The text is for the developer of the application."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_server_error"
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, description: str) -> None:
        super().__init__(description)
        self.description = description


class UnauthorisedError(RefusedError):
    """No access token, or one that is unknown or expired."""

    status = 401
    code = "unauthorisedrequest"
    headers: ClassVar = {"WWW-Authenticate": "Bearer"}


class ForbiddenError(RefusedError):
    """A token that does not open this path."""

    status = 403
    code = "forbidden"


class InvalidDataError(RefusedError):
    """A parameter with a value that it cannot have."""

    status = 400
    code = "invaliddata"


class FilterError(RefusedError):
    """A filter that cannot be applied. It is never passed over: more data would come than asked."""

    status = 400
    code = "invalid_filter_field"


class BlankSelectionError(RefusedError):
    """`fields` without a field."""

    status = 400
    code = "invalid_blank_selection_field"


class UnknownObjectError(RefusedError):
    """No such path, or no such record, or none that the connection may know."""

    status = 404
    code = "unknownobject"


class UnsupportedOperationError(RefusedError):
    """A verb other than GET and HEAD."""

    status = 405
    code = "unsupportedoperation"
    headers: ClassVar = {"Allow": "GET, HEAD"}


class ServerBusyError(RefusedError):
    """The database takes no more work at this moment."""

    status = 429
    code = "server_busy"
    headers: ClassVar = {"Retry-After": "5"}


class BrokenError(RefusedError):
    """Our own mistake."""
