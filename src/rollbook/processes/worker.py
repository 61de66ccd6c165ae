"""The worker: takes jobs from the queues, says that it lives, and ends in good order."""

from __future__ import annotations

import asyncio
import os
import socket
from datetime import timedelta

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from rollbook.project.roles import refuse_bound_owner

log = structlog.get_logger(__name__)

QUEUES = ["runs", "upkeep"]

# A worker that missed three heartbeats is given up.
_BEATS_MISSED = 3


def stalled_after() -> timedelta:
    """Return after how long a silence a worker counts as dead, and its jobs as anybody's."""
    return timedelta(seconds=_BEATS_MISSED * settings.ROLLBOOK_HEARTBEAT_SECONDS)


def run_worker() -> None:
    """Run jobs until SIGINT or SIGTERM; then wait `ROLLBOOK_STOP_SECONDS` for those at hand.

    Raises:
        RoleError: It would see no district.
    """
    refuse_bound_owner()
    name = f"{socket.gethostname()}-{os.getpid()}"
    log.info("worker starts", worker=name, queues=QUEUES)
    asyncio.run(_work(name))
    log.info("worker ends", worker=name)


async def _work(name: str) -> None:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's
    with app.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            await worker_app.run_worker_async(
                queues=QUEUES,
                name=name,
                concurrency=settings.ROLLBOOK_WORKER_CONCURRENCY,
                shutdown_graceful_timeout=settings.ROLLBOOK_STOP_SECONDS,
                # What a sync did stays in its run for ever; a job that went well has no more to
                # say.
                delete_jobs="successful",
                update_heartbeat_interval=settings.ROLLBOOK_HEARTBEAT_SECONDS,
                stalled_worker_timeout=stalled_after().total_seconds(),
            )
