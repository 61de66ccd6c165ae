"""Queue a run for the workers."""

from __future__ import annotations

from procrastinate.contrib.django import app

from rollbook.runs.models import SyncRun

RUN_TASK = "rollbook.run_sync"


def queue_run(run: SyncRun) -> None:
    """Queue a run in the current transaction; runs of one district take turns.

    The task is named rather than imported: whoever queues a run, a page for one, need not load what
    performs it.
    """
    app.configure_task(
        RUN_TASK, queue="runs", lock=f"district:{run.district_id}", allow_unknown=True
    ).defer(district_id=run.district_id, run_number=run.number)
