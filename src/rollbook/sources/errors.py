"""What keeps a delivery from being taken in."""

from __future__ import annotations

from rollbook.errors import SourceDataError


class DeliveryRefusedError(SourceDataError):
    """The file is no delivery; nothing was stored."""
