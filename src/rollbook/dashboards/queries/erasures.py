"""The log of erasures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rollbook.dashboards.times import listed
from rollbook.dashboards.wording import NAMES
from rollbook.districts.models import District
from rollbook.history.models import Erasure, ErasureState

_TONES = {
    ErasureState.WAITING: "moving",
    ErasureState.WORKING: "moving",
    ErasureState.DONE: "good",
    ErasureState.INCOMPLETE: "bad",
    ErasureState.FAILED: "bad",
    ErasureState.LIFTED: "quiet",
}
_OPEN = (ErasureState.WAITING, ErasureState.WORKING)
_WORDS = {
    "links": "links in other people's records",
    "findings": "findings",
    "changes": "changes in past runs",
    "linked_changes": "mentions in changes of others",
    "pairs": "pairs of ids",
    "reasons": "reasons to hold a run",
    "stale_records": "marks of stale records",
    "delivery rows": "rows of deliveries",
    "delivery cells": "cells of deliveries",
    "snapshot rows": "rows of snapshots",
}


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """One erasure, without a word about whom it was.

    Attributes:
        removed: What was taken out: amount and name.
        file_count: Files that were written anew.
        lost_files: Files that are not kept any more.
        proof: What the search afterwards says, as a sentence; empty before it.
    """

    number: int
    tone: str
    word: str
    when: str
    person: str
    reason: str
    run_number: int | None
    removed: list[tuple[int, str]]
    file_count: int
    lost_files: int
    proof: str
    problem: str
    may_lift: bool


@dataclass(frozen=True, slots=True)
class ErasuresPage:
    """The log, newest first; `is_moving` while one is under way."""

    lines: list[ErasureLine]
    is_moving: bool


def read_erasures(district: District, *, now: datetime) -> ErasuresPage:
    """Read the log of a district's erasures."""
    rows = Erasure.objects.filter(district=district).select_related("asked_by")
    lines = [_line(row, district, now) for row in rows.order_by("-number")]
    return ErasuresPage(lines, any(line.tone == "moving" for line in lines))


def _line(row: Erasure, district: District, now: datetime) -> ErasureLine:
    state = ErasureState(row.state)
    person = row.asked_by
    return ErasureLine(
        number=row.number,
        tone=_TONES[state],
        word=state.label,
        when=listed(row.asked_at, zone=district.time_zone, now=now),
        person=(person.get_full_name() or person.email) if person else "The command line",
        reason=row.reason,
        run_number=row.run_number,
        removed=[
            (amount, NAMES.get(name, _WORDS.get(name, name)).lower())
            for name, amount in row.removed.items()
            if amount
        ],
        file_count=row.rewritten_files,
        lost_files=row.lost_files,
        proof=_proof(row),
        problem=row.problem,
        may_lift=state not in (*_OPEN, ErasureState.LIFTED),
    )


def _proof(row: Erasure) -> str:
    if not row.found:
        return ""
    places, hits = row.found["places"], row.found["hits"]
    if hits:
        return (
            f"{hits:,} mentions are left in {len(row.found['where'])} places. Whoever runs this "
            "installation finds the places in the log of `rollbook erase --json`."
        )
    return f"{places:,} tables and files were searched afterwards; nothing of the person is left."
