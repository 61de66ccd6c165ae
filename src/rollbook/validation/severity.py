"""How much a finding weighs."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """An error sets its row aside, or stops the run where it is about a whole file; others pass.

    Source: design, "Severity"; docs/decisions/0004.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
