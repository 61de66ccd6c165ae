"""The history page: which published runs can be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rollbook.dashboards.times import listed
from rollbook.districts.models import District
from rollbook.roster.models import Roster
from rollbook.runs.models import NO_SOURCE, RunState, SyncRun

RUNS_OFFERED = 500


@dataclass(frozen=True, slots=True)
class RunChoice:
    """A published run whose snapshot is kept.

    Attributes:
        note: What else is to be said of it: that it is published now, that it restored another.
    """

    number: int
    when: str
    note: str
    may_restore: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """What can be asked.

    Attributes:
        runs: Published runs with a snapshot, newest first.
        before, after: The two that are compared unless others are chosen.
    """

    runs: list[RunChoice]
    before: int | None
    after: int | None


def read_history(district: District, *, now: datetime) -> HistoryPage:
    """Read which runs are there to look at, to compare and to restore."""
    roster = Roster.objects.filter(district=district).first()
    published = roster.published_run if roster else None
    kept = SyncRun.objects.filter(district=district, state=RunState.PUBLISHED).exclude(snapshot={})
    runs = kept.defer("counts", "finding_counts", "read_as", "reasons").order_by("-number")
    choices = [
        RunChoice(
            number=run.number,
            when=listed(run.created_at, zone=district.time_zone, now=now),
            note=_note(run, published),
            may_restore=run.number != published,
        )
        for run in runs[:RUNS_OFFERED]
    ]
    return HistoryPage(
        runs=choices,
        before=choices[1].number if len(choices) > 1 else None,
        after=choices[0].number if choices else None,
    )


def _note(run: SyncRun, published: int | None) -> str:
    notes = []
    if run.number == published:
        notes.append("published now")
    if run.restores_run:
        notes.append(f"restored run {run.restores_run}")
    if run.source_number == NO_SOURCE:
        notes.append("an erasure")
    return ", ".join(notes)
