"""What keeps a change set from being applied."""

from __future__ import annotations

from rollbook.errors import TransientError


class RosterMovedError(TransientError):
    """Another run published since this change set was computed, so it is compared again."""
