"""Values that go into a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from rollbook.reports.masking import is_personal, mask
from rollbook.staging.data import Finding, StagedRoster
from rollbook.validation.catalogue import Rule, rule_of, severity_of
from rollbook.validation.data import JudgedFinding, ValidRoster
from rollbook.validation.severity import Severity


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One checked package: what was read, and what was found.

    Attributes:
        name: The package's own name, for headings.
        shows_values: Whether values are written as they are where they would be masked.
        is_strict: Whether findings weigh as the letter of the standard has it.
        checked_at: For the heading of a page; None: the page does not say.
    """

    name: str
    staged: StagedRoster
    valid: ValidRoster
    shows_values: bool = False
    checked_at: datetime | None = None
    is_strict: bool = False

    @property
    def format(self) -> str:
        """What was read, `oneroster-1.1`."""
        return str(self.staged.format)

    @property
    def because(self) -> str:
        """Why the format was taken for this one."""
        return self.staged.because

    def findings(self) -> Iterator[JudgedFinding]:
        """Yield every finding by file and record."""
        return self.valid.findings()

    def rules(self) -> list[tuple[Rule, int]]:
        """Return the rules that found something and how often, in the order of repairing.

        Errors come first; of equal weight causes before their consequences, then the frequent.
        """
        found = [(self._rule(code), count) for code, count in self.valid.finding_counts.items()]
        return sorted(found, key=_order_of_repair)

    def _rule(self, code: str) -> Rule:
        """Return a rule as heavy as it was judged."""
        return replace(rule_of(code), severity=severity_of(code, strict=self.is_strict))

    def count_of(self, severity: Severity) -> int:
        """Return how many findings weigh that much."""
        return self.valid.severity_counts.get(severity, 0)

    @property
    def set_aside(self) -> int:
        """Rows that were read and do not go on."""
        return sum(self.valid.set_aside.values())

    def shown(self, finding: Finding) -> str:
        """Return a finding's value as it may be passed on: its shape, unless values are asked for.

        Names of columns and encodings are no personal data and are never masked.
        """
        if finding.value is None:
            return ""
        if self.shows_values or not is_personal(finding.code):
            return finding.value
        return mask(finding.value)


def _order_of_repair(found: tuple[Rule, int]) -> tuple[int, bool, int, str]:
    rule, count = found
    is_consequence = rule.problem == "set_aside"
    return [*Severity].index(rule.severity), is_consequence, -count, rule.code


def line_of(finding: Finding) -> int | None:
    """Return the physical line of a finding where it is not the record's number."""
    return None if finding.line == finding.record else finding.line


def rows_of(finding: Finding) -> int:
    """Return for how many rows a finding stands: more than one for consequences of one cause."""
    return finding.rows
