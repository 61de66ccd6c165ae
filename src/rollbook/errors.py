"""Exceptions that end a run; the base class says who acts. A bad row is a finding instead."""

from __future__ import annotations


class RollbookError(Exception):
    """Something keeps the work from going on."""


class SourceDataError(RollbookError):
    """The district's data cannot be used: the district, or its SIS, repairs it."""


class ConfigurationError(RollbookError):
    """A setting is wrong: whoever runs Rollbook changes it."""


class TransientError(RollbookError):
    """Something is busy or away for a moment: the same work will be tried again."""
