"""How fast an application reads a whole district, and whether depth costs.

    python benchmarks/provider_crawl.py oakwood-unified [--limit 1000] [--rounds 3]

The district must be published and have a connection that is granted something. Crawls `/users` and
`/enrollments` through the WSGI application in this process, following `Link`, and compares with
PostgreSQL alone giving the same rows as JSON by the same expression and key. A deep page is the one
before the last. Ratios are of rates or times measured in this run, the median of the rounds.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

import django

_NEXT = re.compile(r'<([^<>]+)>; rel="next"')


@dataclass(frozen=True)
class Answer:
    total: int
    following: str | None
    size_bytes: int


@dataclass(frozen=True)
class Crawl:
    """One walk: how long it took, how many records it gave, and the addresses of its pages."""

    seconds: float
    rows: int
    size_bytes: int
    addresses: list[str]


class Application:
    """Calls the WSGI application in this process, as a server does."""

    def __init__(self, token: str) -> None:
        from django.core.wsgi import get_wsgi_application

        self._application: Callable[..., Any] = get_wsgi_application()
        self._token = token

    def get(self, address: str) -> Answer:
        headers: dict[str, str] = {}

        def start(status: str, pairs: list[tuple[str, str]], *_: object) -> None:
            if not status.startswith("200"):
                sys.exit(f"{status} for {address}")
            headers.update(pairs)

        response = self._application(self._environ(address), start)
        size_bytes = sum(len(part) for part in response)
        response.close()
        following = _NEXT.search(headers["Link"])
        total = int(headers["X-Total-Count"])
        return Answer(total, following[1] if following else None, size_bytes)

    def crawl(self, address: str) -> Crawl:
        addresses, size_bytes = [address], 0
        began = time.perf_counter()
        while True:
            answer = self.get(addresses[-1])
            size_bytes += answer.size_bytes
            if answer.following is None:
                break
            addresses.append(answer.following)
        return Crawl(time.perf_counter() - began, answer.total, size_bytes, addresses)

    def _environ(self, address: str) -> dict[str, Any]:
        from django.conf import settings

        parts = urlsplit(address)
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(parts.path),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": urlsplit(settings.PUBLIC_URL).hostname,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_AUTHORIZATION": f"Bearer {self._token}",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }


def crawl_postgres(resource: str, district_id: int, limit: int) -> tuple[float, int]:
    """Read all rows of a resource as JSON by keyset; return seconds and rows."""
    from django.conf import settings
    from django.db import connection

    from rollbook.oneroster import Resource, Version
    from rollbook.provider.grants import Coverage
    from rollbook.provider.oneroster.rendering import record_json
    from rollbook.provider.oneroster.routes import ROOTS
    from rollbook.roster.tables import table_of

    body = record_json(Resource(resource), Version.V1_1, Coverage.WHOLE, removed=False)
    statement = (
        f"select r.served_id, {body} from {table_of(Resource(resource))} as r"
        " where r.district_id = %(district)s and r.served_id > %(after)s"
        " order by r.served_id limit %(limit)s"
    )
    root = settings.PUBLIC_URL + ROOTS[Version.V1_1]
    values = {"district": district_id, "after": "", "limit": limit, "root": root}
    rows, began = 0, time.perf_counter()
    with connection.cursor() as cursor:
        while True:
            cursor.execute(statement, values)
            page = cursor.fetchall()
            rows += len(page)
            if len(page) < limit:
                return time.perf_counter() - began, rows
            values["after"] = page[-1][0]


@contextmanager
def token_for(slug: str) -> Iterator[tuple[int, str]]:
    """Give out a token for the first connection of a district; it ends with the context."""
    from oauth2_provider.models import AccessToken, set_token_value

    from rollbook.sharing.models import Connection

    connection = Connection.objects.filter(district__slug=slug).order_by("number").first()
    if connection is None:
        sys.exit(f"District {slug} has no connection. Connect an application to it first.")
    raw = secrets.token_urlsafe(32)
    scope = "https://purl.imsglobal.org/spec/or/v1p1/scope/roster.readonly"
    expires = datetime.now(tz=UTC) + timedelta(hours=12)
    token = AccessToken(application=connection.client, expires=expires, scope=scope)
    set_token_value(token, raw)
    token.save()
    try:
        yield connection.district_id, raw
    finally:
        token.delete()


def measure(
    resource: str, application: Application, district_id: int, limit: int, rounds: int
) -> None:
    address = f"/ims/oneroster/v1p1/{resource}?limit={limit}"
    ours, theirs = [], []
    for _ in range(rounds):
        crawl = application.crawl(address)
        ours.append(crawl.rows / crawl.seconds)
        seconds, rows = crawl_postgres(resource, district_id, limit)
        theirs.append(rows / seconds)
    print(
        f"{resource}: {crawl.rows:,} records, {crawl.size_bytes / 1e6:,.0f} MB, pages of {limit:,}"
    )
    print(f"  crawl through the application  {median(ours):10,.0f} records/s")
    print(f"  PostgreSQL alone               {median(theirs):10,.0f} records/s")
    print(f"  ratio                          {median(ours) / median(theirs):10.2f}  (aim: 0.5)")
    measure_depth(application, crawl.addresses)


def measure_depth(application: Application, addresses: list[str]) -> None:
    """Compare the second page with the last full one: both by link, the deep one by offset too."""
    if len(addresses) < 4:
        print("  too few pages to speak of depth")
        return
    deep = addresses[-2]
    by_offset = re.sub(r"&cursor=[^&]*", "", deep)
    early_s, deep_s = _time(application, addresses[1]), _time(application, deep)
    print(f"  second page                    {early_s * 1000:10.1f} ms")
    print(f"  page {len(addresses) - 1:,} by its link".ljust(33) + f"{deep_s * 1000:10.1f} ms")
    print(f"  deep to early                  {deep_s / early_s:10.2f}  (aim: 1)")
    print(f"  same page by offset alone      {_time(application, by_offset, 3) * 1000:10.1f} ms")


def _time(application: Application, address: str, times: int = 15) -> float:
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        application.get(address)
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("district", help="slug of a loaded district")
    parser.add_argument("--limit", type=int, default=1000, help="records a page")
    parser.add_argument("--rounds", type=int, default=3, help="times each crawl is made")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollbook.project.settings")
    django.setup()
    with token_for(arguments.district) as (district_id, token):
        application = Application(token)
        for resource in ("users", "enrollments"):
            measure(resource, application, district_id, arguments.limit, arguments.rounds)


if __name__ == "__main__":
    main()
