from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise


def test_stalled_jobs_are_looked_for_every_ten_seconds() -> None:
    from procrastinate.contrib.django import app

    from rollbook.processes import upkeep

    (task,) = (
        it
        for it in app.periodic_registry.periodic_tasks.values()
        if it.task is upkeep.take_up_stalled_jobs
    )
    noon = datetime(2026, 9, 1, 12, tzinfo=UTC).timestamp()
    times = [task.croniter.get_next(ret_type=float, start_time=noon)]
    times += [task.croniter.get_next(ret_type=float) for _ in range(100)]
    assert {later - earlier for earlier, later in pairwise(times)} == {10}


def test_upkeep_comes_before_any_run() -> None:
    from rollbook.processes.jobs import run_sync_job
    from rollbook.processes.upkeep import take_up_stalled_jobs

    assert take_up_stalled_jobs.priority > run_sync_job.priority
