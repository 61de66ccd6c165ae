"""What benchmarks have in common: work in a process of its own, and rows of figures."""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple


class Use(NamedTuple):
    """What a process used of the machine: its peak memory, and processor time of all its threads.

    Processor time hardly depends on what else a machine is doing; seconds by the clock do.
    """

    megabytes: float
    cpu_seconds: float


def alone(work: Callable[..., Any], *arguments: Any) -> tuple[Any, Use]:
    """Run something in a process of its own; return its result and what it used."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_measured, work, arguments).result()


def _measured(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, Use]:
    before = time.process_time()
    result = work(*arguments)
    cpu_seconds = time.process_time() - before
    return result, Use(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, cpu_seconds)


@dataclass(slots=True)
class Peak:
    """The most memory that was seen, in MB."""

    megabytes: float = 0.0


@contextmanager
def watching(postmaster: int) -> Iterator[Peak]:
    """Look at the memory of a PostgreSQL server, all its processes together, while it works.

    What processes share is counted once. Linux only: elsewhere the peak stays 0.
    """
    peak, is_over = Peak(), threading.Event()

    def look() -> None:
        while not is_over.wait(0.25):
            peak.megabytes = max(peak.megabytes, _memory_of(postmaster))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        is_over.set()
        watcher.join()


def _memory_of(postmaster: int) -> float:
    kilobytes = 0
    for process in (postmaster, *_children_of(postmaster)):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:  # it has just ended
            continue
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def cpu_seconds_of(postmaster: int) -> float:
    """Return what a server's processes have used, those that have ended included. Linux only."""
    ticks = 0
    for process in (postmaster, *_children_of(postmaster)):
        try:
            text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        # After the name: state is the first, utime and stime the 12th and 13th; then those of
        # children that have ended.
        ticks += sum(map(int, text.rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _children_of(process: int) -> list[int]:
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(child) for child in text.split()]


def processor_seconds() -> float:
    """Return what this process and its children have used of all cores."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def print_row(name: str, seconds: float, remark: str = "") -> None:
    print(f"  {name:<28} {seconds:>8.1f} s   {remark}", flush=True)


def read_by_duckdb(
    folder: Path, memory_limit: str, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Read all CSV files of a folder as text into tables, and nothing else."""
    import duckdb

    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        started = clock()
        with duckdb.connect(f"{work}/read.duckdb") as database:
            database.execute(f"set memory_limit = '{memory_limit}'")
            for path in sorted(folder.glob("*.csv")):
                database.execute(
                    f"create table {path.stem} as from read_csv('{path}', header = true, "
                    "all_varchar = true, delim = ',', quote = '\"', escape = '\"')"
                )
        return clock() - started
