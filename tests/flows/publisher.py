"""Publishes one run again and again, killed at one point after the other.

`python -m tests.flows.publisher DISTRICT RUN` takes the run up to its publish, and forks a child
for each line of its input, which publishes and is killed with SIGKILL at the point of that number.
It answers with how the child ended, and, when that was by itself, with the points that it passed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any


def main(district_id: int, run_number: int) -> None:
    import django

    django.setup()
    from django.db import connection

    from rollbook import pipeline

    publish = pipeline._publish

    def publish_and_die(*arguments: Any) -> None:
        connection.close()  # each child opens its own, of DuckDB's file, too
        workspace = arguments[1].workspace
        with workspace.connect() as database:
            database.execute("checkpoint")
        workspace.close()
        for line in sys.stdin:
            child = os.fork()
            if child == 0:
                _publish_until(int(line), publish, arguments)
            _, status = os.waitpid(child, 0)
            if os.WIFSIGNALED(status):
                _say(f"killed by {os.WTERMSIG(status)}")
            elif os.waitstatus_to_exitcode(status):
                _say("failed")

    pipeline._publish = publish_and_die  # type: ignore[assignment]
    pipeline.run_sync(district_id, run_number)


def _publish_until(point: int, publish: Any, arguments: tuple[Any, ...]) -> None:
    from tests.flows.points import struck_at

    code = 1
    try:
        with struck_at(point, lambda: os.kill(os.getpid(), signal.SIGKILL)) as seen:
            publish(*arguments)
        _say(json.dumps(seen))
        code = 0
    finally:
        os._exit(code)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
