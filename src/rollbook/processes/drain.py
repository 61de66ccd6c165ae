"""Work off the queue of runs in this process, for commands that wait for their result."""

from __future__ import annotations

import asyncio

from django.conf import settings
from django.db import connections
from procrastinate.contrib.django import app

from rollbook.processes.upkeep import queue_stalled_again
from rollbook.processes.worker import stalled_after


def drain_runs() -> None:
    """Run the jobs of the queue `runs` until none is left that nobody else has taken.

    Jobs of workers that are silent for long enough are taken up, too: a command that was killed
    leaves one behind, and its district locked.
    """
    try:
        asyncio.run(_drain())
    finally:
        connections.close_all()


async def _drain() -> None:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's
    with app.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            await queue_stalled_again(worker_app)
            await worker_app.run_worker_async(
                queues=["runs"],
                wait=False,
                install_signal_handlers=False,
                listen_notify=False,
                delete_jobs="successful",
                update_heartbeat_interval=settings.ROLLBOOK_HEARTBEAT_SECONDS,
                stalled_worker_timeout=stalled_after().total_seconds(),
            )
