"""`rollbook worker`."""

from __future__ import annotations


def worker() -> None:
    """Run syncs and other jobs until Ctrl-C; the job at hand is finished first."""
    from rollbook.commands.database import database

    with database():
        from rollbook.processes.worker import run_worker

        run_worker()
