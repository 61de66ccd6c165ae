"""The stages of a run as a list of boxes to tick."""

from __future__ import annotations

from dataclasses import dataclass

from rollbook.dashboards.times import took
from rollbook.dashboards.wording import CHANGES, changes_of
from rollbook.runs.models import RunState, Stage, StageRecord, SyncRun
from rollbook.runs.states import is_moving, waits_for_person


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage.

    Attributes:
        kind: done, working, waiting (for a person), stopped, skipped or ahead.
        state: The same in words, with the time it took.
        facts: What the stage has to say: label and number.
    """

    name: str
    kind: str
    icon: str
    state: str
    facts: list[tuple[str, int]]


_ICONS = {
    "done": "good",
    "working": "moving",
    "waiting": "wait",
    "stopped": "cross",
    "skipped": "blank",
    "ahead": "blank",
}


def read_stages(run: SyncRun) -> list[StageLine]:
    """Return every stage in its order, reached or not."""
    records = StageRecord.objects.filter(district=run.district_id, run_number=run.number)
    by_stage = {record.stage: record for record in records}
    last = next((stage for stage in reversed(Stage) if stage in by_stage), None)
    return [_line(run, stage, by_stage.get(stage), is_last=stage is last) for stage in Stage]


def _line(run: SyncRun, stage: Stage, record: StageRecord | None, *, is_last: bool) -> StageLine:
    kind = _kind(run, stage, record, is_last=is_last)
    return StageLine(
        name=stage.label,
        kind=kind,
        icon=_ICONS[kind],
        state=_state(kind, record),
        facts=_facts(stage, record) if record else [],
    )


def _facts(stage: Stage, record: StageRecord) -> list[tuple[str, int]]:
    if stage is not Stage.DIFF:
        return [(label, number) for label, number in record.facts]
    noted: dict[str, int] = dict(record.facts)
    known = {**noted, **changes_of(noted)}
    seldom = ("rekey", "replace")
    return [
        (CHANGES.get(label, label), known[label])
        for label in noted
        if known[label] or label not in seldom
    ]


def _kind(run: SyncRun, stage: Stage, record: StageRecord | None, *, is_last: bool) -> str:
    if run.state == RunState.FAILED and is_last:
        return "stopped"  # even if it came to its end: what it found there stopped the run
    if waits_for_person(run) and stage is Stage.GUARD:
        return "waiting"
    if record and record.finished_at:
        return "done"
    if record:
        return "working" if is_moving(run) else "stopped"
    return "ahead" if is_moving(run) or waits_for_person(run) else "skipped"


def _state(kind: str, record: StageRecord | None) -> str:
    match kind:
        case "done" if record and record.finished_at:
            return f"Done in {took(record.started_at, record.finished_at)}"
        case "working":
            return "Working"
        case "waiting":
            return "Waits for a person"
        case "stopped":
            return "Stopped here"
        case "skipped":
            return "Not reached"
    return "Still ahead"
