"""The ways in of a district: what each owns, and how its last delivery fared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count

from rollbook.dashboards.times import listed
from rollbook.districts.models import District
from rollbook.runs.identity import waiting_pairs
from rollbook.runs.models import SyncRun
from rollbook.runs.states import StateWords, words_of
from rollbook.sources.models import Source
from rollbook.sources.words import owns_what, stays_how_long, when_open


@dataclass(frozen=True, slots=True)
class LastRun:
    """The newest run of a source."""

    number: int
    when: str
    words: StateWords


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source as a form offers it.

    Attributes:
        owns: What it owns, inside a sentence.
        notes: What else there is to know, as sentences.
    """

    number: int
    name: str
    owns: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source, and how it fares.

    Attributes:
        waiting: How many of its ids wait for a decision.
        last: None before its first delivery.
    """

    source: SourceLine
    waiting: int
    last: LastRun | None


def read_sources(district: District, *, now: datetime) -> list[SourceState]:
    """Return the sources of a district and how they fare, by number."""
    runs = SyncRun.objects.filter(district=district).defer("snapshot", "counts", "read_as")
    newest = runs.order_by("source_number", "-number").distinct("source_number")
    last = {run.source_number: _last(run, district, now) for run in newest}
    amounts = waiting_pairs(district.pk).values("source_number").annotate(amount=Count("*"))
    waiting = {row["source_number"]: row["amount"] for row in amounts}
    return [
        SourceState(line, waiting.get(line.number, 0), last.get(line.number))
        for line in source_lines(district, now=now)
    ]


def source_lines(district: District, *, now: datetime) -> list[SourceLine]:
    """Return the sources of a district by number; none before its first delivery."""
    today = now.astimezone(ZoneInfo(district.time_zone)).date()
    return [
        SourceLine(source.number, source.name, owns_what(source), _notes(source, today))
        for source in Source.objects.filter(district=district).order_by("number")
    ]


def _notes(source: Source, today: date) -> list[str]:
    return [note for note in (when_open(source, today=today), stays_how_long(source)) if note]


def _last(run: SyncRun, district: District, now: datetime) -> LastRun:
    when = listed(run.created_at, zone=district.time_zone, now=now)
    return LastRun(run.number, when, words_of(run))
