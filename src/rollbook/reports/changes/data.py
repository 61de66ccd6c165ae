"""Values that go into a report of changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rollbook.diff.data import ChangeSet, KindCounts
from rollbook.diff.records import RecordChange, SchoolCounts, count_by_school, read_changes
from rollbook.oneroster import Resource
from rollbook.reports.masking import mask

KINDS = ("create", "update", "abandon", "rekey")


@dataclass(frozen=True, slots=True)
class ChangesReport:
    """What differs between two packages.

    Attributes:
        old: Name of the package that is taken as published.
        new: Name of the package that is compared with it.
        set_aside: Rows of the new package that could not be used; their records stay as they were.
    """

    old: str
    new: str
    changes: ChangeSet
    set_aside: int = 0
    shows_values: bool = False
    made_at: datetime | None = None

    @property
    def counts(self) -> dict[Resource, KindCounts]:
        """How many records of each resource change in which way."""
        return {resource: counts.kinds for resource, counts in self.changes.counts.items()}

    def total(self, kind: str) -> int:
        """Return how many records have one kind of change."""
        return sum(amount_of(counts, kind) for counts in self.counts.values())

    def schools(self) -> list[SchoolCounts]:
        """Return what changes at each school."""
        return count_by_school(self.changes)

    def records(self, *, most_of_each: int | None = None) -> Iterator[RecordChange]:
        """Yield every change, parents first and by id."""
        return read_changes(self.changes, most_of_each=most_of_each)

    def shown(self, value: str | None) -> str:
        """Return a value as it may be passed on: its shape, unless values are asked for."""
        if value is None:
            return ""
        return value if self.shows_values else mask(value)


def amount_of(counts: KindCounts, kind: str) -> int:
    """Return one of the counts by its name."""
    amount: int = getattr(counts, kind)
    return amount
