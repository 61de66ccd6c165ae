"""What Oakwood went through: a first load, nights, a hold, a failure and a run on its way."""

from __future__ import annotations

from datetime import date

from tests.dashboards.cast import (
    MORNING,
    Cast,
    ask,
    change_users,
    connect,
    find,
    meet_pair,
    publish_roster,
    reassign,
    run_of,
)

from rollbook.history.models import Inquiry
from rollbook.runs.models import RunState, SyncRun
from rollbook.sources.setup import add_source

FIRST, QUIET, NIGHT, FAILED, DISCARDED, HELD, MOVING = range(1, 8)
_HELD_BECAUSE = "412 of 1,212 users (34%) would be removed; more than 10% needs a person's yes."
_STOPPED_BECAUSE = (
    "enrollments.csv is missing. A complete delivery needs this file; export all files again and "
    "send them together."
)


def tell(cast: Cast) -> None:
    """Put the whole story into the database."""
    publish_roster(cast.oakwood)
    connect(cast.oakwood)
    _nights(cast)
    _failed(cast)
    _held(cast)
    _ids(cast)
    run_of(cast.oakwood, number=MOVING, state=RunState.STAGED, counts={}, finished_at=None)
    _past(cast)


def _nights(cast: Cast) -> None:
    first = run_of(
        cast.oakwood,
        number=FIRST,
        state=RunState.PUBLISHED,
        sender=cast.owner,
        change_number=1,
        counts={"users": {"rows": 2_916, "set_aside": 0, "create": 2_916}},
    )
    find(first, code="enrollments.userSourcedId.unknown", severity="error", count=1)
    run_of(cast.oakwood, number=QUIET, state=RunState.UNCHANGED)
    night = run_of(cast.oakwood, number=NIGHT, state=RunState.PUBLISHED, change_number=3)
    change_users(night, created=12, updated=31, removed=4, rekeyed=12, replaced=1)
    find(night, code="enrollments.userSourcedId.unknown", severity="error", count=63)
    find(night, code="users.role.unknown_value", severity="error", count=2, first=100)
    find(night, code="package.manifest.missing", severity="warning", count=1, first=200)


def _ids(cast: Cast) -> None:
    """A second source, ids of the night that wait, and some about which a person has decided."""
    add_source(
        cast.oakwood,
        "Summer school",
        owns=["students", "classes", "enrollments"],
        schools=["101", "104"],
        grace_days=3,
        is_additive=True,
        begins_on=date(2026, 6, 22),
        ends_on=date(2026, 7, 24),
        acting_user=None,
    )
    night = SyncRun.objects.get(district=cast.oakwood, number=NIGHT)
    for place in range(1, 31):
        meet_pair(night, place=place)
    meet_pair(
        night,
        place=40,
        confidence="likely",
        evidence="e-mail",
        label_before="Ana Núñez",
        label_after="Ana Núñez-Ortega",
    )
    reassign(night, place=41, label_before="Adaeze Okonkwo")
    meet_pair(
        night, resource="classes", was="c-007", sourced_id="7", evidence="id written otherwise"
    )
    decided = {
        "verdict": "same",
        "decided_by": cast.data_manager,
        "decided_at": MORNING,
        "decision_reason": "The new student information system gave new ids.",
        "settled_run": NIGHT,
    }
    for place in range(50, 62):
        meet_pair(night, place=place, **decided)
    different = {"verdict": "different", "decision_reason": "Two cousins, says the school."}
    reassign(night, place=70, **{**decided, **different, "decided_by": None, "settled_run": None})


def _past(cast: Cast) -> None:
    """Let somebody restore a run, compare two, read a person's story and erase another."""
    snapshot = {"1": {"users": "users.parquet"}}
    SyncRun.objects.filter(number__in=(FIRST, NIGHT)).update(snapshot=snapshot)
    run_of(
        cast.oakwood,
        number=MOVING + 1,
        state=RunState.HELD,
        restores_run=FIRST,
        restores_school="riverside",
        restored_by=cast.owner,
        restore_reason="Last night’s export lacked Riverside.",
    )
    ask(cast.oakwood)
    counts = {"create": 12, "update": 31, "abandon": 4, "rekey": 2}
    change = {
        "resource": "users",
        "change": "rekey",
        "sourced_id": "S-004711",
        "was": "4711",
        "label": "Zoë O’Brien",
        "fields": {"email": [None, "zoe.obrien@oakwood.example"], "grades": ["03", "04"]},
    }
    answer = {
        "counts": {"users": counts, "enrollments": {**counts, "rekey": 0}},
        "schools": [{"name": "Riverside Elementary", "counts": {"users": counts}}],
        "changes": [change, {**change, "change": "abandon", "was": None}],
    }
    event = {**change, "run_number": NIGHT, "at": MORNING.isoformat(), "is_exact": True}
    born = {**event, "change": "create", "was": None, "run_number": FIRST, "sourced_id": "4711"}
    story = {"resource": "users", "served_id": "4711", "events": [born, event]}
    about = {"before": FIRST, "after": NIGHT}
    _answer(cast, number=2, kind="compare", about=about, answer=answer)
    _answer(cast, number=3, kind="timeline", about={"record": "4711"}, answer={"stories": [story]})


def _answer(cast: Cast, **fields: object) -> None:
    Inquiry.objects.create(district=cast.oakwood, answered_at=MORNING, **fields)


def _failed(cast: Cast) -> None:
    run_of(
        cast.oakwood,
        number=FAILED,
        state=RunState.FAILED,
        sender=cast.data_manager,
        counts={},
        reasons=[{"code": "enrollments.file.missing", "sentence": _STOPPED_BECAUSE}],
    )


def _held(cast: Cast) -> None:
    decided = {
        "decided_by": cast.owner,
        "decided_at": MORNING,
        "decision_reason": "The export was cut off; we send it again.",
    }
    reasons = [{"code": "users.removals.too_many", "sentence": _HELD_BECAUSE}]
    discarded = run_of(
        cast.oakwood, number=DISCARDED, state=RunState.DISCARDED, reasons=reasons, **decided
    )
    held = run_of(
        cast.oakwood,
        number=HELD,
        state=RunState.HELD,
        sender=cast.data_manager,
        digest="a digest",
        reasons=reasons,
    )
    for run in (discarded, held):
        change_users(run, created=2, updated=5, removed=412)
