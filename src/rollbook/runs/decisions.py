"""What people decide about held runs."""

from __future__ import annotations

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from rollbook.districts.access import count_deciders
from rollbook.runs.errors import DecisionRefusedError
from rollbook.runs.identity import waiting_pairs
from rollbook.runs.models import RunState, SyncRun
from rollbook.runs.queue import queue_run

log = structlog.get_logger(__name__)


@transaction.atomic
def approve_run(
    run: SyncRun, *, digest: str, reason: str, acting_user: User, removals_wait: bool = False
) -> bool:
    """Let a held run go on, if it still is what the person saw.

    The run is computed again; it is published only when the change set has the approved digest, and
    shown again otherwise. Where nearly everybody of a kind would be removed and two people may
    approve, the first approval is noted, and the run goes on with that of another person.

    Args:
        digest: Of the change set on the page where the person decided.
        reason: Why, in the person's words; it stays with the run.
        removals_wait: Publish additions and updates only. Nobody is removed, so one person is
            enough.

    Returns:
        Whether the run goes on; else it waits for a second person.

    Raises:
        DecisionRefusedError: The run is not held any more, or holds another change set; the person
            has approved it already; or its removals cannot wait.
    """
    held = _held(run)
    if held.digest != digest:
        raise DecisionRefusedError(
            "This is not what the run would change now: it was compared again since you looked, or "
            "the digest is another run's. Look at it once more."
        )
    if removals_wait and not held.judgement.get("removals_may_wait"):
        raise DecisionRefusedError(
            "The removals of this run cannot wait: nothing is removed, or over half the classes "
            "are. Approve or discard it as a whole."
        )
    if not removals_wait and needs_second_person(held):
        if not is_approved_once(held):
            _note_first_approval(held, digest, reason, acting_user)
            return False
        if held.first_approved_by_id == acting_user.pk:
            raise DecisionRefusedError(
                "You have approved this run already. Now another owner or data manager decides."
            )
    _decide(
        "run approved",
        held,
        acting_user,
        reason,
        approved_digest=digest,
        removals_wait=removals_wait,
    )
    queue_run(held)
    return True


def needs_second_person(run: SyncRun) -> bool:
    """Whether nearly everybody of a kind would be removed, and two people may approve that."""
    return bool(run.judgement.get("needs_second")) and count_deciders(run.district_id) > 1


def is_approved_once(run: SyncRun) -> bool:
    """Whether a first person has approved what the run would change now."""
    return bool(run.first_approved_digest) and run.first_approved_digest == run.digest


def _note_first_approval(run: SyncRun, digest: str, reason: str, acting_user: User) -> None:
    run.first_approved_digest = digest
    run.first_approved_by = acting_user
    run.first_approved_at = timezone.now()
    run.first_approval_reason = reason
    run.save(
        update_fields=[
            "first_approved_digest",
            "first_approved_by",
            "first_approved_at",
            "first_approval_reason",
        ]
    )
    log.info("run approved once", district=run.district_id, run=run.number, by=acting_user.pk)


@transaction.atomic
def discard_run(run: SyncRun, *, reason: str, acting_user: User) -> None:
    """End a held run without publishing it; nobody is asked about ids that it alone has met.

    Raises:
        DecisionRefusedError: The run is not held any more.
    """
    ended: dict[str, object] = {"state": RunState.DISCARDED, "finished_at": timezone.now()}
    held = _held(run)
    _decide("run discarded", held, acting_user, reason, **ended)
    waiting = waiting_pairs(held.district_id).filter(source_number=held.source_number)
    waiting.filter(found_run=held.number).delete()


def _held(run: SyncRun) -> SyncRun:
    """Lock the run's row, so that of two people who decide at once the second is told."""
    held = SyncRun.objects.select_for_update().get(district_id=run.district_id, number=run.number)
    if held.state != RunState.HELD or held.approved_digest:
        raise DecisionRefusedError(
            "This run does not wait for a decision any more. Look at it again to see why."
        )
    return held


def _decide(event: str, run: SyncRun, acting_user: User, reason: str, **fields: object) -> None:
    fields |= {"decided_by": acting_user, "decided_at": timezone.now(), "decision_reason": reason}
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=list(fields))
    log.info(event, district=run.district_id, run=run.number, by=acting_user.pk)
