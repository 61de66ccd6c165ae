"""What row-level security costs a page of the dashboard and a page of 1,000 records.

    ROLLBOOK_DATA=… python benchmarks/row_security.py benchmark [--rounds 30]

The district must be published and have a connection that is granted something. Each address is
asked for in turn as the web's role, bound by the policies, and as the owner, whom they do not bind
and who tells PostgreSQL no district. Both ask on one connection that stays open, as with a pool.
Figures are the quickest of the rounds, as whatever else a machine does only adds to them. Aim: at
most 1.1.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("district", help="The district's slug.")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollbook.project.settings")
    from rollbook.commands.database import ready_database

    with ready_database():
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        _measure(options.district, options.rounds)


def _measure(slug: str, rounds: int) -> None:
    from provider_crawl import token_for

    with token_for(slug) as (district_id, token):
        print(f"  {'':<46} {'bound':>8} {'unbound':>8}   ratio")
        for name, ask in (*_pages(slug), *_paths(token)):
            bound, unbound = [], []
            for _ in range(rounds):
                with _as_web():
                    bound.append(_milliseconds(ask))
                with _as_owner():
                    unbound.append(_milliseconds(ask))
            least, other = min(bound), min(unbound)
            print(f"  {name:<46} {least:>5.1f} ms {other:>5.1f} ms {least / other:>7.2f}")
        told = min(_telling(district_id) for _ in range(10 * rounds))
        print(f"  telling PostgreSQL the district: {told:.3f} ms; a page tells it and the person")


def _pages(slug: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Return the pages of a district, for somebody with a role in it."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    from rollbook.districts.models import District, Membership, Role
    from rollbook.runs.models import SyncRun

    settings.ALLOWED_HOSTS.append("testserver")
    person, _ = User.objects.get_or_create(username="bench-reader")
    district = District.objects.get(slug=slug)
    role = {"defaults": {"role": Role.READ_ONLY}}
    Membership.objects.get_or_create(district=district, person=person, **role)
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    newest = SyncRun.objects.filter(district=district).order_by("-number")[0]
    root = f"/districts/{slug}/"
    for page in (root, f"{root}runs/{newest.number}/", f"{root}applications/", f"{root}people/"):
        yield page, lambda page=page: _expect_ok(client.get(page))


def _paths(token: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """Return one record, and the second page of a collection by its link: a page, uncounted."""
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"Authorization": f"Bearer {token}"})
    root = "/ims/oneroster/v1p1"
    first = client.get(f"{root}/users", {"limit": 1}).json()["users"][0]["sourcedId"]
    yield "/users/{id}", lambda: _expect_ok(client.get(f"{root}/users/{first}"))
    for resource, limit in (("users", 100), ("users", 1000), ("enrollments", 1000)):
        page = client.get(f"{root}/{resource}", {"limit": limit})
        links = {
            link.split('rel="')[1][:-1]: link[1:].split(">")[0] for link in page["Link"].split(", ")
        }
        following = links["next"].removeprefix(settings.PUBLIC_URL)
        name = f"/{resource}, {limit:,} of them"
        yield name, lambda following=following: _expect_ok(client.get(following))


@contextmanager
def _as_web() -> Iterator[None]:
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"set role {settings.ROLLBOOK_WEB_ROLE}")
        yield
        cursor.execute("reset role")


@contextmanager
def _as_owner() -> Iterator[None]:
    """Ask as it was before there were policies, but for the provider's second query."""
    door = "rollbook.districts.access"
    with patch(f"{door}.enter_district"), patch(f"{door}.name_person"):
        yield


def _telling(district_id: int) -> float:
    from rollbook.districts.session import enter_district

    return _milliseconds(lambda: enter_district(district_id))


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def _expect_ok(response: object) -> None:
    status = response.status_code  # type: ignore[attr-defined]
    if status != 200:
        raise SystemExit(f"{status} instead of a page")


if __name__ == "__main__":
    main()
