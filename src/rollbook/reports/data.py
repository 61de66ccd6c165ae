"""Values that go into a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rollbook.staging.data import StagedRoster
from rollbook.validation.catalogue import Rule, rule_of
from rollbook.validation.data import JudgedFinding, ValidRoster
from rollbook.validation.severity import Severity


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One checked package: what was read, and what was found.

    Attributes:
        name: The package's own name, for headings.
        shows_values: Whether values are written as they are where they would be masked.
    """

    name: str
    staged: StagedRoster
    valid: ValidRoster
    shows_values: bool = False

    def findings(self) -> Iterator[JudgedFinding]:
        """Yield every finding by file and record."""
        return self.valid.findings()

    def rules(self) -> list[tuple[Rule, int]]:
        """Return the rules that found something and how often, errors first."""
        order = list(Severity)
        found = [(rule_of(code), count) for code, count in self.valid.finding_counts.items()]
        return sorted(found, key=lambda pair: (order.index(pair[0].severity), pair[0].code))

    def shown(self, value: str | None) -> str:
        """Return a value as it may be passed on: its shape, unless values are asked for."""
        if value is None:
            return ""
        return value if self.shows_values else mask(value)


def mask(value: str) -> str:
    """Keep a value's shape and hide the value: `Zoë 2012-02-30` becomes `xxx 9999-99-99`."""
    return re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "9", value))
