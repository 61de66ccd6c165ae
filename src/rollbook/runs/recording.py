"""Note what a run does while it does it, each note at once, so that pages can follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from rollbook.runs.models import RunState, Stage, StageRecord, SyncRun

Facts = list[tuple[str, int]]
_OVER = (RunState.PUBLISHED, RunState.UNCHANGED, RunState.DISCARDED, RunState.FAILED)
_SETTLED = (RunState.PUBLISHED, RunState.UNCHANGED, RunState.DISCARDED)


def begin_run(district_id: int, number: int) -> SyncRun | None:
    """Begin a run, or begin it again after a worker died; None when it needs no work.

    A run that is over stays over: a job may be delivered twice.
    """
    with transaction.atomic():
        run = SyncRun.objects.select_for_update().get(district_id=district_id, number=number)
        if run.state in _OVER or (run.state == RunState.HELD and not run.approved_digest):
            return None
        StageRecord.objects.filter(district_id=district_id, run_number=number).delete()
        run.state = RunState.RECEIVED
        run.started_at = timezone.now()
        run.save(update_fields=["state", "started_at"])
    return run


@contextmanager
def record_stage(run: SyncRun, stage: Stage) -> Iterator[Facts]:
    """Note when a stage begins and ends, and the facts that its body appends."""
    record = StageRecord.objects.create(
        district_id=run.district_id,
        run_number=run.number,
        stage=stage,
        started_at=timezone.now(),
    )
    facts: Facts = []
    yield facts
    record.facts, record.finished_at = facts, timezone.now()
    record.save(update_fields=["facts", "finished_at"])


def note(run: SyncRun, **fields: object) -> None:
    """Set fields of a run that is still going on.

    The condition keeps a worker that was taken for dead from writing over what its successor
    finished.
    """
    for name, value in fields.items():
        setattr(run, name, value)
    SyncRun.objects.filter(district_id=run.district_id, number=run.number).exclude(
        state__in=_SETTLED
    ).update(**fields)


def end_run(run: SyncRun, state: RunState, **fields: object) -> None:
    """Bring a run to the state in which it rests."""
    note(run, state=state, finished_at=timezone.now(), **fields)


def fail_run(run: SyncRun, code: str, sentence: str) -> None:
    """End a run that cannot go on, with the reason for the district."""
    end_run(run, RunState.FAILED, reasons=[{"code": code, "sentence": sentence}])
