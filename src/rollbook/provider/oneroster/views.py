"""The whole of HTTP: a route and a request in, JSON out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from traceback import walk_tb

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from rollbook.provider.access import access_connection
from rollbook.provider.errors import (
    BrokenError,
    RefusedError,
    ServerBusyError,
    UnknownObjectError,
    UnsupportedOperationError,
)
from rollbook.provider.oneroster.pages import find_page, find_record
from rollbook.provider.oneroster.paging import link_header, read_paging
from rollbook.provider.oneroster.routes import Answer, Route
from rollbook.provider.oneroster.selection import read_selection
from rollbook.provider.oneroster.status_info import StatusInfo, refusal_body, status_info_set

log = structlog.get_logger(__name__)

View = Callable[..., HttpResponse]


def speaks_json(view: View) -> View:
    """Let a view end in JSON whatever happens, and keep ids and values out of the log.

    Errors of PostgreSQL quote values and addresses hold ids, so neither is logged: the path as the
    route has it and the kind of error must do.
    """

    @csrf_exempt
    @wraps(view)
    def answer_json(request: HttpRequest, route: Route | None = None, **ids: str) -> HttpResponse:
        try:
            return view(request, route, ids)
        except RefusedError as refusal:
            return _refuse(refusal, route)
        except (OperationalError, InterfaceError) as error:
            log.warning("provider waits for the database", error=type(error).__name__)
            return _refuse(ServerBusyError("The roster is busy. Try again in a moment."), route)
        except Exception as error:  # the promise of JSON holds for our own mistakes too
            log.error("provider failed", path=_path(route), **_place_of(error))
            return _refuse(BrokenError("Something went wrong on our side."), route)

    return answer_json


@speaks_json
def answer(request: HttpRequest, route: Route, ids: dict[str, str]) -> HttpResponse:
    """Answer one route. Checked in this order: verb, token, scope, parameters, object."""
    _check_verb(request)
    address = settings.PUBLIC_URL + route.address(ids)
    reader = access_connection(request, scopes=route.scopes, address=address)
    warnings = read_selection(request.GET)
    if route.answer is Answer.SINGLE:
        _check_ids(ids)
        body = find_record(route, reader, ids=ids)
        return _respond(route, body, warnings, {"X-Total-Count": "1"})
    paging = read_paging(request.GET)
    _check_ids(ids)
    page = find_page(route, reader, ids=ids, paging=paging)
    headers = {
        "X-Total-Count": str(page.extent.total),
        "Link": link_header(address, request.GET, paging, page.extent),
    }
    return _respond(route, f"[{page.bodies}]", warnings, headers)


@speaks_json
def unknown_path(request: HttpRequest, route: None, ids: dict[str, str]) -> HttpResponse:
    """Answer a path that no route has."""
    raise UnknownObjectError("There is no such path in this service.")


def _check_verb(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise UnsupportedOperationError("Rosters are read only: use GET.")


def _check_ids(ids: dict[str, str]) -> None:
    """Refuse ids that no record can have, before PostgreSQL does."""
    if any("\x00" in value for value in ids.values()):
        raise UnknownObjectError("There is no such record.")


def _respond(
    route: Route, data: str, warnings: list[StatusInfo], headers: dict[str, str]
) -> HttpResponse:
    beside = f", {status_info_set(warnings)[1:-1]}" if warnings else ""
    return _json(f'{{"{route.container}":{data}{beside}}}', 200, headers)


def _refuse(refusal: RefusedError, route: Route | None) -> HttpResponse:
    log.info("provider refused", path=_path(route), status=refusal.status, code=refusal.code)
    response = _json(refusal_body(refusal), refusal.status, refusal.headers)
    # Django would log the path of every refusal, and paths hold the ids of people.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _json(body: str, status: int, headers: dict[str, str]) -> HttpResponse:
    return HttpResponse(
        body,
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", **headers},
    )


def _path(route: Route | None) -> str:
    return route.path if route else "unknown"


def _place_of(error: Exception) -> dict[str, str | None]:
    """Return the kind of an error and where in Rollbook it arose, without its text."""
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    ours = [frame for frame in frames if frame.f_globals["__name__"].startswith("rollbook.")]
    return {
        "error": type(error).__name__,
        "sqlstate": getattr(error.__cause__, "sqlstate", None),
        "place": f"{ours[-1].f_globals['__name__']}:{ours[-1].f_lineno}",
    }
