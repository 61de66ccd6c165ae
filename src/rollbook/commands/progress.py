"""Progress on stderr, for somebody who watches a terminal and waits longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from rollbook.progress import OnProgress, silent

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE_SECONDS = 1.0


@contextmanager
def show_progress(*, quiet: bool = False) -> Iterator[OnProgress]:
    """Yield what a stage calls; on anything but a terminal, or when quiet, it shows nothing."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    with _shown_in_time(_bar()) as bar:
        task = bar.add_task("", total=None)

        def show(text: str, done: int = 0, total: int | None = None) -> None:
            bar.update(task, description=text, completed=done, total=total)

        yield show


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # a report that is written meanwhile must not go to stderr
        redirect_stderr=False,
    )


@contextmanager
def _shown_in_time(bar: Progress) -> Iterator[Progress]:
    """Yield a bar that appears after a second, and not at all when the work is done by then."""
    timer = Timer(_PATIENCE_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield bar
    finally:
        timer.cancel()
        timer.join()  # it may be starting the bar just now
        bar.stop()
