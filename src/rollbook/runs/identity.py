"""Ids about which a person decides: one record under two ids, or two people under one."""

from __future__ import annotations

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from rollbook.districts.models import District
from rollbook.runs.errors import DecisionRefusedError
from rollbook.runs.models import IdentityPair, PairVerdict, RunState, SyncRun
from rollbook.runs.queue import queue_run

log = structlog.get_logger(__name__)


def waiting_pairs(district_id: int) -> QuerySet[IdentityPair]:
    """Return the pairs of a district about which nobody has decided."""
    return IdentityPair.objects.filter(district_id=district_id, verdict=PairVerdict.WAITING)


@transaction.atomic
def decide_waiting(
    district_id: int,
    source_number: int,
    chosen: QuerySet[IdentityPair],
    *,
    amount: int,
    verdict: PairVerdict,
    reason: str,
    acting_user: User,
) -> SyncRun | None:
    """Decide about pairs of one source, until a run has published what was decided.

    Args:
        chosen: Which of the source's pairs that wait; they are not fetched, however many there are.
        amount: How many of them the person saw.
        verdict: `same`: one record; its sourcedId changes and all else stays. `different`: two; the
            old one goes and a new one comes.

    Returns:
        The run that takes the source's latest delivery up again; None when there is none to take,
        or an earlier roster was restored since: then the next delivery brings the decision in.

    Raises:
        DecisionRefusedError: They are not those that the person saw, or none.
    """
    District.objects.select_for_update().get(pk=district_id)  # two at once get two numbers
    waiting = chosen.filter(
        district_id=district_id, source_number=source_number, verdict=PairVerdict.WAITING
    )
    decided = waiting.update(
        verdict=verdict,
        decided_by=acting_user,
        decided_at=timezone.now(),
        decision_reason=reason,
    )
    if decided != amount or not decided:
        raise DecisionRefusedError(
            "Somebody has decided about some of these ids already, or a newer delivery came. "
            "Nothing was decided now: look at the list once more."
        )
    log.info("ids decided", district=district_id, pairs=decided, by=acting_user.pk)
    return _take_up_again(district_id, source_number)


def _take_up_again(district_id: int, source_number: int) -> SyncRun | None:
    runs = SyncRun.objects.filter(district_id=district_id)
    latest = (
        runs.filter(source_number=source_number)
        .exclude(state__in=(RunState.FAILED, RunState.DISCARDED))
        .exclude(~Q(state=RunState.PUBLISHED), restores_run__isnull=False)
        .order_by("-number")
        .first()
    )
    if latest is None or latest.delivery_number is None:  # a restore: what is past stays past
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
