"""What keeps a delivery from being taken in."""

from __future__ import annotations

from rollbook.errors import ConfigurationError, SourceDataError


class SourceRefusedError(ConfigurationError):
    """A source cannot be set up like that; nothing was changed."""


class DeliveryRefusedError(SourceDataError):
    """The file is no delivery; nothing was stored."""


class DeliveryGoneError(SourceDataError):
    """The stored file is not kept any more: it aged out, or nobody could read it."""

    code = "package.file.not_kept"
