"""Requests of tests work as the web's role, as in a real start, on the test's own connection.

A test makes its rows as the owner and asks for a page in the same transaction, so the role changes
with each request rather than with the connection: before each of its statements, and back when it
has been answered. What the request has told PostgreSQL is forgotten then, as by the pool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from psycopg import Connection
from psycopg.pq import TransactionStatus

from rollbook.districts.session import forget_request
from rollbook.postgres.address import WEB_ROLE

Answer = Callable[[HttpRequest], HttpResponseBase]

_REMEMBER = (
    "select set_config('rollbook.district_id', coalesce(%s, ''), false),"
    " set_config('rollbook.person_id', coalesce(%s, ''), false)"
)
_RECALL = (
    "select current_setting('rollbook.district_id', true),"
    " current_setting('rollbook.person_id', true)"
)


def as_web(get_response: Answer) -> Answer:
    """Middleware, the outermost of all."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with web_role():
            response = get_response(request)
            if isinstance(response, StreamingHttpResponse):
                told = _session().execute(_RECALL).fetchone()
                response.streaming_content = _streamed(response, told)
        return response

    return answer


@contextmanager
def web_role() -> Iterator[None]:
    """Run statements as the web's role, and forget at the end for whom."""
    sessions: set[Connection[Any]] = set()

    def note(session: Connection[Any]) -> None:
        sessions.add(session)

    try:
        with _each_statement_as(WEB_ROLE, note):
            yield
    finally:
        for session in sessions:
            if _is_usable(session):
                session.execute("reset role")
                _forget(session)


@contextmanager
def as_owner() -> Iterator[None]:
    """Run statements as the owner again, within `web_role`."""
    with _each_statement_as("none", lambda session: None):
        yield


@contextmanager
def _each_statement_as(role: str, note: Callable[[Connection[Any]], None]) -> Iterator[None]:
    def switch(execute: Callable[..., Any], *statement: Any) -> Any:
        session = _session()
        if _is_usable(session):
            # Each time: rolling back to a savepoint may have taken the role back.
            session.execute(f"set role {role}")
            note(session)
        return execute(*statement)

    with connection.execute_wrapper(switch):
        yield


def _streamed(response: StreamingHttpResponse, told: Any) -> Iterable[bytes]:
    content = iter(response)

    def stream() -> Iterator[bytes]:
        with web_role():
            _session().execute(_REMEMBER, told)
            yield from content

    return stream()


def _session() -> Connection[Any]:
    connection.ensure_connection()
    session: Connection[Any] = connection.connection
    return session


def _is_usable(session: Connection[Any]) -> bool:
    status = session.info.transaction_status
    return status in (TransactionStatus.IDLE, TransactionStatus.INTRANS)


def _forget(session: Connection[Any]) -> None:
    if session.info.transaction_status is TransactionStatus.IDLE:
        forget_request(session)
    else:  # the transaction of a test, in which autocommit cannot be changed
        session.execute(_REMEMBER, ["", ""])
