"""What a page of the dashboard costs: queries and server time, on a district that is loaded.

    ROLLBOOK_DATA=… python benchmarks/pages.py benchmark [--rounds 20]

Aim: five queries or so, flat in district size, under 100 ms. Run it on a small district and on a
large one.
"""

from __future__ import annotations

import argparse
import os
import time
from statistics import median
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("district", help="The district's slug.")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollbook.project.settings")
    from rollbook.commands.database import database

    with database(is_quiet=True):
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        _measure(options.district, options.rounds)


def _measure(slug: str, rounds: int) -> None:
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client

    from rollbook.runs.models import SyncRun

    settings.ALLOWED_HOSTS.append("testserver")
    operator, _ = User.objects.get_or_create(username="bench", defaults={"is_staff": True})
    client = Client()
    client.force_login(operator, backend=settings.AUTHENTICATION_BACKENDS[0])
    newest = SyncRun.objects.filter(district__slug=slug).order_by("-number").first()
    pages = [f"/districts/{slug}/", f"/districts/{slug}/applications/"]
    if newest:
        pages.append(f"/districts/{slug}/runs/{newest.number}/")
    for page in pages:
        queries: list[str] = []

        def count(execute: Any, sql: str, *rest: Any, seen: list[str] = queries) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            assert client.get(page).status_code == 200, page
        seconds = [_seconds(client, page) for _ in range(rounds)]
        print(f"  {page:<40} {len(queries):>3} queries   {1000 * median(seconds):>6.1f} ms")


def _seconds(client: Any, page: str) -> float:
    began = time.perf_counter()
    client.get(page)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
