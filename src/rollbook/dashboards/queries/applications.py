"""The applications that a district shares with, and what to paste into a terminal to try it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import OuterRef, Subquery

from rollbook.dashboards.curl import Curls, curls
from rollbook.dashboards.times import spoken
from rollbook.dashboards.wording import FIGURES
from rollbook.districts.models import District
from rollbook.oneroster import Resource
from rollbook.sharing.models import Connection, Grant


@dataclass(frozen=True, slots=True)
class ConnectionCard:
    """One connection. `secret` is the plain one right after it was made, else empty."""

    number: int
    name: str
    rule: str
    since: str
    client_id: str
    secret: str
    counts: list[tuple[str, int]]
    curls: Curls


def read_applications(
    district: District, *, now: datetime, secrets: Mapping[int, str] | None = None
) -> list[ConnectionCard]:
    """Read the page. `secrets`: the new secret of a connection, by its number."""
    a_class = Grant.objects.filter(
        district=OuterRef("district"),
        connection_number=OuterRef("number"),
        resource=Resource.CLASSES,
        is_active=True,
    ).order_by("served_id")
    connections = (
        Connection.objects.filter(district=district)
        .select_related("application", "client")
        .annotate(a_class=Subquery(a_class.values("served_id")[:1]))
        .order_by("number")
    )
    return [
        _card(
            connection,
            district,
            now,
            secret=(secrets or {}).get(connection.number, ""),
            class_id=connection.a_class,
        )
        for connection in connections
    ]


def _card(
    connection: Connection,
    district: District,
    now: datetime,
    *,
    secret: str,
    class_id: str | None,
) -> ConnectionCard:
    return ConnectionCard(
        number=connection.number,
        name=connection.application.name,
        rule=connection.get_rule_display(),
        since=spoken(connection.created_at, zone=district.time_zone, now=now),
        client_id=connection.client.client_id,
        secret=secret,
        counts=_seen(connection.counts),
        curls=curls(
            settings.PUBLIC_URL,
            client_id=connection.client.client_id,
            secret=secret,
            class_id=class_id,
        ),
    )


def _seen(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(label, counts[key]) for key, label in FIGURES.items() if key in counts]
