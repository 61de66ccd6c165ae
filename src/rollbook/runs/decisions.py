"""What people decide about held runs."""

from __future__ import annotations

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from rollbook.runs.errors import DecisionRefusedError
from rollbook.runs.models import RunState, SyncRun
from rollbook.runs.queue import queue_run

log = structlog.get_logger(__name__)


@transaction.atomic
def approve_run(run: SyncRun, *, digest: str, reason: str, acting_user: User) -> None:
    """Let a held run go on, if it still is what the person saw.

    The run is computed again; it is published only when the change set has the approved digest, and
    shown again otherwise.

    Args:
        digest: Of the change set on the page where the person decided.
        reason: Why, in the person's words; it stays with the run.

    Raises:
        DecisionRefusedError: The run is not held any more, or holds another change set.
    """
    held = _held(run)
    if held.digest != digest:
        raise DecisionRefusedError(
            "The run was compared again since this page was loaded. Look at it once more."
        )
    _decide("run approved", held, acting_user, reason, approved_digest=digest)
    queue_run(held)


@transaction.atomic
def discard_run(run: SyncRun, *, reason: str, acting_user: User) -> None:
    """End a held run without publishing it.

    Raises:
        DecisionRefusedError: The run is not held any more.
    """
    ended: dict[str, object] = {"state": RunState.DISCARDED, "finished_at": timezone.now()}
    _decide("run discarded", _held(run), acting_user, reason, **ended)


def _held(run: SyncRun) -> SyncRun:
    """Lock the run's row, so that of two people who decide at once the second is told."""
    held = SyncRun.objects.select_for_update().get(district_id=run.district_id, number=run.number)
    if held.state != RunState.HELD or held.approved_digest:
        raise DecisionRefusedError(
            "This run does not wait for a decision any more. Load the page again to see why."
        )
    return held


def _decide(event: str, run: SyncRun, acting_user: User, reason: str, **fields: object) -> None:
    fields |= {"decided_by": acting_user, "decided_at": timezone.now(), "decision_reason": reason}
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=list(fields))
    log.info(event, district=run.district_id, run=run.number, by=acting_user.pk)
