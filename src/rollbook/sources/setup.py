"""Set up the ways in of a district."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from rollbook.districts.models import District
from rollbook.oneroster import RecordKind
from rollbook.sources.deliveries import first_source
from rollbook.sources.errors import SourceRefusedError
from rollbook.sources.models import Source

log = structlog.get_logger(__name__)


@transaction.atomic
def add_source(
    district: District,
    name: str,
    *,
    owns: Collection[RecordKind | str] = (),
    schools: Collection[str] = (),
    grace_days: int = 0,
    is_additive: bool = False,
    begins_on: date | None = None,
    ends_on: date | None = None,
    acting_user: User | None,
) -> Source:
    """Add a way in beside those that a district has; its first is there from the beginning.

    Args:
        owns: Kinds of record that it may bring and remove; empty: all.
        schools: The sourcedIds of the schools it speaks of; empty: all.
        begins_on: The first day of an additive source.
        ends_on: The last day of an additive source.

    Raises:
        SourceRefusedError: A kind is unknown, or the days of an additive source are missing or in
            the wrong order.
    """
    kinds = _kinds(owns)
    if is_additive and (begins_on is None or ends_on is None or begins_on > ends_on):
        raise SourceRefusedError(
            "An additive source needs its first and its last day, in this order."
        )
    District.objects.select_for_update().get(pk=district.pk)  # two at once get two numbers
    first_source(district)
    highest = Source.objects.filter(district=district).aggregate(highest=Max("number"))["highest"]
    source = Source.objects.create(
        district=district,
        number=highest + 1,
        name=name,
        owns=sorted(kinds),
        schools=sorted(schools),
        grace_days=grace_days,
        is_additive=is_additive,
        begins_on=begins_on,
        ends_on=ends_on,
    )
    by = acting_user.pk if acting_user else None
    log.info("source added", district=district.pk, source=source.number, by=by)
    return source


@transaction.atomic
def limit_source(
    source: Source,
    *,
    owns: Collection[RecordKind | str],
    schools: Collection[str],
    grace_days: int,
    acting_user: User | None,
) -> None:
    """Change what a source owns, and how long people who are gone stay.

    What it has published and does not own any more stays as it is.

    Raises:
        SourceRefusedError: A kind is unknown.
    """
    source.owns, source.schools = sorted(_kinds(owns)), sorted(schools)
    source.grace_days = grace_days
    source.save(update_fields=["owns", "schools", "grace_days"])
    by = acting_user.pk if acting_user else None
    log.info("source limited", district=source.district_id, source=source.number, by=by)


def _kinds(owns: Collection[RecordKind | str]) -> set[RecordKind]:
    try:
        return {RecordKind(kind) for kind in owns}
    except ValueError as error:
        known = ", ".join(RecordKind)
        raise SourceRefusedError(f"A source can own: {known}.") from error
