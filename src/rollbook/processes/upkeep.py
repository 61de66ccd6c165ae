"""Periodic jobs that keep the queues in order. The worker imports this module by a setting."""

from __future__ import annotations

import structlog
from procrastinate import App, JobContext
from procrastinate.contrib.django import app

from rollbook.processes.worker import stalled_after

log = structlog.get_logger(__name__)


@app.periodic(cron="* * * * * */10")  # the last of six fields is the seconds
# Before any run: a worker takes the oldest job of the highest priority from all its queues, and a
# district whose worker was killed would wait until every other run is done.
@app.task(queue="upkeep", queueing_lock="upkeep", pass_context=True, priority=1)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Queue the jobs of killed workers again: nobody else does, and a job is safe to run twice."""
    await queue_stalled_again(context.app)


async def queue_stalled_again(queues: App) -> None:
    """Queue the jobs of workers that have been silent too long."""
    jobs = queues.job_manager
    silence = stalled_after().total_seconds()
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=silence):
        log.warning("job of a silent worker is queued again", job=job.id, task=job.task_name)
        await jobs.retry_job(job)


@app.periodic(cron="40 3 * * *")
@app.task(queue="upkeep", queueing_lock="retention")
def let_go_what_has_aged(timestamp: int) -> None:
    """Thin out snapshots, end old deliveries and details, once a night; see `rollbook retain`."""
    from django.db import close_old_connections
    from django.utils import timezone

    from rollbook.history.policy import policy_of_installation
    from rollbook.history.retention import retain_all

    close_old_connections()
    try:
        retain_all(policy=policy_of_installation(), now=timezone.now(), is_dry_run=False)
    finally:
        close_old_connections()
