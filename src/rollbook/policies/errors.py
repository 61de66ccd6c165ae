"""Why an exception cannot be made or withdrawn."""

from __future__ import annotations

from rollbook.errors import ConfigurationError


class OverrideRefusedError(ConfigurationError):
    """The exception cannot be made or withdrawn now. Its text is a sentence for who asked."""
