"""Note what a run does while it does it, each note at once, so that pages can follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from rollbook.runs.errors import RunOverError
from rollbook.runs.models import NO_SOURCE, RunState, Stage, StageRecord, SyncRun

log = structlog.get_logger(__name__)

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
        run.started_at, run.finished_at = timezone.now(), None
        run.save(update_fields=["state", "started_at", "finished_at"])
    return run


@contextmanager
def record_stage(run: SyncRun, stage: Stage) -> Iterator[Facts]:
    """Note when a stage begins and ends, and the facts that its body appends."""
    # Of two workers with the same run, one taken for dead, the later one's notes remain.
    record, _ = StageRecord.objects.update_or_create(
        district_id=run.district_id,
        run_number=run.number,
        stage=stage,
        defaults={"started_at": timezone.now(), "finished_at": None, "facts": []},
    )
    facts: Facts = []
    yield facts
    StageRecord.objects.filter(pk=record.pk).update(facts=facts, finished_at=timezone.now())


def note(run: SyncRun, **fields: object) -> None:
    """Set fields of a run that is still going on.

    Raises:
        RunOverError: It is not. A worker that was taken for dead learns here that its successor
            finished the run; inside the publish, everything that it wrote is rolled back.
    """
    for name, value in fields.items():
        setattr(run, name, value)
    open_runs = SyncRun.objects.exclude(state__in=_SETTLED)
    if not open_runs.filter(district_id=run.district_id, number=run.number).update(**fields):
        raise RunOverError("Another worker has finished this run; there is nothing left to do.")


def hold_open(run: SyncRun) -> None:
    """Lock a run's row until the transaction ends, so that two workers write one after the other.

    Raises:
        RunOverError: Another worker has finished the run.
    """
    open_runs = SyncRun.objects.select_for_update().exclude(state__in=_SETTLED)
    if not open_runs.filter(district_id=run.district_id, number=run.number).exists():
        raise RunOverError("Another worker has finished this run; there is nothing left to do.")


def end_run(run: SyncRun, state: RunState, **fields: object) -> None:
    """Bring a run to the state in which it rests."""
    note(run, state=state, finished_at=timezone.now(), **fields)
    log.info("run rests", district=run.district_id, run=run.number, state=str(state))


def supersede_held_runs(newer: SyncRun) -> None:
    """End the held runs before one that is live; approved late, they would bring back what is past.

    Only those of the same source: each source speaks for itself. A delta says nothing of what it
    does not name, and a restore nothing of what the source says today, so they take nobody's place.

    Source: design, "Guard": a newer bulk delivery within limits replaces a held one.
    """
    if newer.restores_run or is_delta(newer):
        return
    sentence = f"Run {newer.number}, which is newer, took its place."
    SyncRun.objects.filter(
        district_id=newer.district_id,
        source_number=newer.source_number,
        number__lt=newer.number,
        state=RunState.HELD,
    ).update(
        state=RunState.DISCARDED,
        finished_at=timezone.now(),
        approved_digest="",
        reasons=[{"code": "run.superseded", "sentence": sentence}],
    )


def is_delta(run: SyncRun) -> bool:
    """Whether the delivery of a run lists changes only."""
    files = run.read_as.get("shape", {}).get("files", {})
    return any(file.get("is_delta") for file in files.values())


def note_erasure_run(
    published: SyncRun,
    *,
    number: int,
    change_number: int,
    moment: datetime,
    counts: dict[str, dict[str, int]],
    sentence: str,
) -> SyncRun:
    """Note that the roster goes on under a new number, without an erased person.

    It is a run of no source, so no delivery is ever compared with it as its source's last one.

    Args:
        published: The run that was published; its snapshot goes on, rewritten.
    """
    return SyncRun.objects.create(
        district_id=published.district_id,
        number=number,
        source_number=NO_SOURCE,
        base_run=published.number,
        state=RunState.PUBLISHED,
        started_at=moment,
        finished_at=moment,
        counts=counts,
        change_number=change_number,
        snapshot=published.snapshot,
        reasons=[{"code": "run.erasure", "sentence": sentence}],
    )


def fail_run(run: SyncRun, code: str, sentence: str) -> None:
    """End a run that cannot go on, with the reason for the district; one that is over stays so."""
    with suppress(RunOverError):
        end_run(run, RunState.FAILED, reasons=[{"code": code, "sentence": sentence}])
