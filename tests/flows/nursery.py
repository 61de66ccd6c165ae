"""Starts workers quickly: a process that has everything imported, and forks one for each line.

`python -m tests.flows.nursery` answers each line on its input with the process id of a new worker,
which does what `rollbook worker` does. To import everything anew takes longer than a run.
"""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    import django

    django.setup()
    from rollbook import pipeline
    from rollbook.processes.worker import run_worker

    assert pipeline  # imported here, before any worker is
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that are killed
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            run_worker()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
