"""Look at the files of a package, the large ones in processes of their own.

Looking is Python's work and takes one core; two large files at once take both. A process is begun
anew, not forked: a worker has threads and connections that must not be copied.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rollbook.staging.shape import Shape, look_at

LARGE_BYTES = 64 * 1024 * 1024


def look_at_all(paths: Mapping[str, Path]) -> dict[str, Shape]:
    """Return the shape of each file, by its key."""
    large = {key: path for key, path in paths.items() if path.stat().st_size >= LARGE_BYTES}
    if len(large) < 2:
        return {key: look_at(path) for key, path in paths.items()}
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        looking = {key: pool.submit(_look_apart, path) for key, path in large.items()}
        shapes = {key: look_at(path) for key, path in paths.items() if key not in large}
        shapes |= {key: future.result() for key, future in looking.items()}
    return {key: shapes[key] for key in paths}


def _look_apart(path: Path) -> Shape:
    """Look at a file in another process; in this one if there can be none."""
    try:
        command = [sys.executable, "-m", __name__, str(path)]
        told = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own module
        shape = pickle.loads(told.stdout)  # noqa: S301 - written by it
    except (OSError, subprocess.CalledProcessError, pickle.UnpicklingError, EOFError):
        return look_at(path)
    return shape if isinstance(shape, Shape) else look_at(path)


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(look_at(Path(sys.argv[1]))))
