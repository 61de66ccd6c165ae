"""What keeps a run from going on, or a decision about it from being taken."""

from __future__ import annotations

from rollbook.errors import RollbookError, TransientError


class DecisionRefusedError(RollbookError):
    """The run is not what the person saw: it moved on, or somebody else decided first."""


class RunOverError(TransientError):
    """Another worker brought the run to its end while this one was taken for dead."""
