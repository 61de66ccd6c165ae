"""How much of the machine Rollbook's own PostgreSQL takes."""

from __future__ import annotations

import os

_MEGABYTE = 1024 * 1024


def sized_settings() -> dict[str, str]:
    """Return settings that grow with the machine's memory.

    A first load writes to indexes in no order, so they should stay in memory: with the 128 MB that
    PostgreSQL takes by itself, ten million enrollments took several times as long.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    buffers = min(max(memory // 8 // _MEGABYTE, 128), 2048)
    return {"shared_buffers": f"{buffers}MB", "max_wal_size": "4GB", "checkpoint_timeout": "15min"}
