"""A run as the pages list it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rollbook.dashboards.times import listed
from rollbook.dashboards.wording import changes_of
from rollbook.districts.models import District
from rollbook.runs.models import RunState, SyncRun
from rollbook.runs.states import StateWords, words_of
from rollbook.sources.models import Delivery

_SETTLED = (RunState.PUBLISHED, RunState.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run did, all resources together, each record once."""

    created: int
    updated: int
    removed: int
    rekeyed: int = 0
    replaced: int = 0

    @property
    def came(self) -> int:
        """New records, those in the place of others included."""
        return self.created + self.replaced

    @property
    def altered(self) -> int:
        """Records that went on otherwise: with other values or another id."""
        return self.updated + self.rekeyed

    @property
    def went(self) -> int:
        """Records that are gone, those in whose place others came included."""
        return self.removed + self.replaced


@dataclass(frozen=True, slots=True)
class RunLine:
    """One line of the list of runs.

    Attributes:
        filename: Empty when its delivery is gone.
        totals: None when the run has changed nothing yet, or never will.
    """

    number: int
    when: str
    words: StateWords
    filename: str
    totals: Totals | None
    error_count: int
    warning_count: int


def numbers_of_held_runs(district: District) -> list[int]:
    """Return the runs that wait for a person's decision, oldest first."""
    held = SyncRun.objects.filter(district=district, state=RunState.HELD, approved_digest="")
    return list(held.order_by("number").values_list("number", flat=True))


def totals_of(run: SyncRun) -> Totals:
    """Add up what the run did to records."""
    by_resource = [changes_of(counts) for counts in run.counts.values()]
    return Totals(
        *(
            sum(counts[change] for counts in by_resource)
            for change in ("create", "update", "abandon", "rekey", "replace")
        )
    )


def run_lines(district: District, runs: list[SyncRun], *, now: datetime) -> list[RunLine]:
    """Return the runs as lines, with one query for the names of their files."""
    numbers = [run.delivery_number for run in runs if run.delivery_number]
    deliveries = Delivery.objects.filter(district=district, number__in=numbers)
    names = dict(deliveries.values_list("number", "filename"))
    return [_line(run, names.get(run.delivery_number or 0, ""), district, now) for run in runs]


def _line(run: SyncRun, filename: str, district: District, now: datetime) -> RunLine:
    return RunLine(
        number=run.number,
        when=listed(run.created_at, zone=district.time_zone, now=now),
        words=words_of(run),
        filename=filename,
        totals=totals_of(run) if run.state in _SETTLED else None,
        error_count=run.severity_counts.get("error", 0),
        warning_count=run.severity_counts.get("warning", 0),
    )
