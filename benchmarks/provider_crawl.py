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
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

import django

_NEXT = re.compile(r'<([^<>]+)>; rel="next"')


@dataclass(frozen=True)
class Answer:
    following: str | None
    size_bytes: int


@dataclass
class Crawl:
    """One walk, and the same rows from PostgreSQL alone, page by page in turn.

    Taking turns lets whatever else the machine does fall on both alike.
    """

    resource: str
    rows: int = 0
    size_bytes: int = 0
    application_s: float = 0.0
    postgres_s: float = 0.0
    addresses: list[str] = field(default_factory=list)


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
        return Answer(following[1] if following else None, size_bytes)

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


class Postgres:
    """Reads the rows of a resource as JSON by key, with the application's own expression."""

    def __init__(self, resource: str, district_id: int, limit: int) -> None:
        from django.conf import settings

        from rollbook.oneroster import Resource, Version
        from rollbook.provider.grants import Coverage
        from rollbook.provider.oneroster.rendering import record_json
        from rollbook.provider.oneroster.routes import ROOTS
        from rollbook.roster.tables import table_of

        name, version = Resource(resource), Version.V1_1
        body = record_json(name, version, Coverage.WHOLE, removed=False)
        self._statement = (
            f"select r.served_id, {body} from {table_of(name)} as r"
            " where r.district_id = %(district)s and r.served_id > %(after)s"
            " order by r.served_id limit %(limit)s"
        )
        root = settings.PUBLIC_URL + ROOTS[version]
        self._values = {"district": district_id, "after": "", "limit": limit, "root": root}

    def read_page(self) -> int:
        from django.db import connections

        with connections["alone"].cursor() as cursor:
            cursor.execute(self._statement, self._values)
            page = cursor.fetchall()
        if page:
            self._values["after"] = page[-1][0]
        return len(page)


def crawl(resource: str, application: Application, postgres: Postgres, limit: int) -> Crawl:
    found = Crawl(resource)
    following: str | None = f"/ims/oneroster/v1p1/{resource}?limit={limit}"
    while following:
        found.addresses.append(following)
        began = time.perf_counter()
        answer = application.get(following)
        turned = time.perf_counter()
        found.rows += postgres.read_page()
        found.postgres_s += time.perf_counter() - turned
        found.application_s += turned - began
        found.size_bytes += answer.size_bytes
        following = answer.following
    return found


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


def report(crawls: list[Crawl]) -> None:
    one = crawls[0]
    ours = median(crawl.rows / crawl.application_s for crawl in crawls)
    theirs = median(crawl.rows / crawl.postgres_s for crawl in crawls)
    ratio = median(crawl.postgres_s / crawl.application_s for crawl in crawls)
    print(f"{one.resource}: {one.rows:,} live records, {one.size_bytes / 1e6:,.0f} MB")
    print(f"  crawl through the application  {ours:10,.0f} records/s")
    print(f"  PostgreSQL alone               {theirs:10,.0f} records/s")
    print(f"  ratio                          {ratio:10.2f}  (aim: 0.5)")


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


def keep_connections() -> None:
    """Keep connections open between requests, as the web server does; one is for comparing."""
    from django.conf import settings

    from rollbook.project.connection import keep_open

    default = settings.DATABASES["default"]
    options = dict(default.get("OPTIONS", {}))
    settings.DATABASES["alone"] = {**default, "OPTIONS": options, "CONN_MAX_AGE": None}
    keep_open(default, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("district", help="slug of a loaded district")
    parser.add_argument("--limit", type=int, default=1000, help="records a page")
    parser.add_argument("--rounds", type=int, default=3, help="times each crawl is made")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollbook.project.settings")
    django.setup()
    keep_connections()
    with token_for(arguments.district) as (district_id, token):
        application = Application(token)
        for resource in ("users", "enrollments"):
            crawls = []
            for _ in range(arguments.rounds):
                postgres = Postgres(resource, district_id, arguments.limit)
                crawls.append(crawl(resource, application, postgres, arguments.limit))
            report(crawls)
            measure_depth(application, crawls[0].addresses)


if __name__ == "__main__":
    main()
