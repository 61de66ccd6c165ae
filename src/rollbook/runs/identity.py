"""Ids about which a person decides: one record under two ids, or two people under one."""

from __future__ import annotations

from collections.abc import Collection

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from rollbook.districts.models import District
from rollbook.runs.errors import DecisionRefusedError
from rollbook.runs.models import IdentityPair, PairVerdict, RunState, SyncRun
from rollbook.runs.queue import queue_run

log = structlog.get_logger(__name__)


@transaction.atomic
def decide_pairs(
    district_id: int,
    pairs: Collection[IdentityPair],
    *,
    verdict: PairVerdict,
    reason: str,
    acting_user: User,
) -> SyncRun | None:
    """Decide about pairs of one source, for now and for every later delivery.

    Args:
        verdict: `same`: one record; its sourcedId changes and all else stays. `different`: two; the
            old one goes and a new one comes.

    Returns:
        The run that takes the source's latest delivery up again; None when there is none to take.

    Raises:
        DecisionRefusedError: Somebody has decided about one of them already.
    """
    District.objects.select_for_update().get(pk=district_id)  # two at once get two numbers
    named = Q(pk__in=[pair.pk for pair in pairs])
    decided = IdentityPair.objects.filter(named, verdict=PairVerdict.WAITING).update(
        verdict=verdict,
        decided_by=acting_user,
        decided_at=timezone.now(),
        decision_reason=reason,
    )
    if decided != len(pairs):
        raise DecisionRefusedError(
            "Somebody has decided about these ids already, or a newer delivery does not have them "
            "any more. Load the page again."
        )
    log.info("ids decided", district=district_id, pairs=decided, by=acting_user.pk)
    return _take_up_again(district_id, next(iter(pairs)).source_number)


def _take_up_again(district_id: int, source_number: int) -> SyncRun | None:
    runs = SyncRun.objects.filter(district_id=district_id)
    latest = (
        runs.filter(source_number=source_number, delivery_number__isnull=False)
        .exclude(state__in=(RunState.FAILED, RunState.DISCARDED))
        .order_by("-number")
        .first()
    )
    if latest is None:
        return None
    highest = runs.aggregate(highest=Max("number"))["highest"]
    run = SyncRun.objects.create(
        district_id=district_id,
        number=highest + 1,
        source_number=source_number,
        delivery_number=latest.delivery_number,
    )
    queue_run(run)
    return run
