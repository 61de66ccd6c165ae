"""What keeps a decision about a run from being taken."""

from __future__ import annotations

from rollbook.errors import RollbookError


class DecisionRefusedError(RollbookError):
    """The run is not what the person saw: it moved on, or somebody else decided first."""
