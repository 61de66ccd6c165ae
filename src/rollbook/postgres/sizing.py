"""How much of the machine Rollbook's own PostgreSQL takes."""

from __future__ import annotations

import os

_MEGABYTE = 1024 * 1024


def sized_settings() -> dict[str, str]:
    """Return settings that grow with the machine's memory.

    A first load writes to an index in no order, so it should stay in memory. How much this gains
    has not been measured with all else equal.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    buffers = min(max(memory // 8 // _MEGABYTE, 128), 2048)
    return {"shared_buffers": f"{buffers}MB", "max_wal_size": "4GB", "checkpoint_timeout": "15min"}
