"""Work off the queue of runs in this process, for commands that wait for their result."""

from __future__ import annotations

from procrastinate.contrib.django import app


def drain_runs() -> None:
    """Run the jobs of the queue `runs` until none is left that nobody else has taken."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(
            queues=["runs"],
            wait=False,
            install_signal_handlers=False,
            listen_notify=False,
            delete_jobs="successful",
        )
