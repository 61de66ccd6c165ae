"""What keeps the past from being read, brought back or forgotten."""

from __future__ import annotations

from rollbook.errors import RollbookError


class HistoryError(RollbookError):
    """A request about the past cannot be met. Its text is a sentence for whoever asked."""


class SnapshotGoneError(HistoryError):
    """The run has no snapshot: it published nothing, or its files have thinned out with age."""

    code = "run.snapshot_gone"
