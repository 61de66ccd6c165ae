"""A disk that is too small, for one process and its children: nobody else sees it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

# The owner of a user namespace may mount in it; root needs none.
_APART = ["--mount"] if os.getuid() == 0 else ["--user", "--map-root-user", "--mount"]


def can_mount(folder: Path) -> bool:
    """Whether this system lets its users mount anything at all."""
    try:
        command = [*on_small_disk(folder, megabytes=1), "true"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def on_small_disk(folder: Path, *, megabytes: float, contents: Path | None = None) -> list[str]:
    """Return what to put before a command, for which the folder is a disk of that size.

    Args:
        contents: What is on it at the start; the megabytes come on top.
    """
    size = int(megabytes * 1024**2) + (size_of(contents) if contents else 0)
    script = (
        'disk=$1; contents=$2; shift 3; mount -t tmpfs -o "size=$0" none "$disk"; '
        'if [ "$contents" ]; then cp -a "$contents/." "$disk"; fi; exec "$@"'
    )
    apart = ["unshare", *_APART, "sh", "-e", "-c", script]
    return [*apart, str(size), str(folder), str(contents or ""), "--"]


def enlarge(folder: Path, *, process: int, megabytes: int) -> None:
    """Make room on the small disk of a process."""
    enter = ["nsenter", "--target", str(process), *(it for it in _APART if it != "--map-root-user")]
    remount = ["mount", "-o", f"remount,size={megabytes}m", str(folder)]
    subprocess.run([*enter, *remount], check=True)


def size_of(folder: Path) -> int:
    """Return the bytes of the pages that the files of a folder fill."""
    pages = (-(-it.stat().st_size // 4096) for it in folder.rglob("*") if it.is_file())
    return 4096 * sum(pages)
