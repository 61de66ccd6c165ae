"""What benchmarks have in common: work in a process of its own, and rows of figures."""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any


def alone(work: Callable[..., float], *arguments: Any) -> tuple[float, float]:
    """Run something in a process of its own; return its seconds and its peak memory in MB."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_measured, work, arguments).result()


def _measured(work: Callable[..., float], arguments: tuple[Any, ...]) -> tuple[float, float]:
    seconds = work(*arguments)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def processor_seconds() -> float:
    """Return what this process and its children have used of all cores."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def print_row(name: str, seconds: float, remark: str = "") -> None:
    print(f"  {name:<28} {seconds:>8.1f} s   {remark}")


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
