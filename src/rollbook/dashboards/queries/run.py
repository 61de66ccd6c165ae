"""The page of one run: its state, stages and counts. Findings and changes have modules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rollbook.dashboards.queries.ids import count_waiting
from rollbook.dashboards.queries.paging import query_of
from rollbook.dashboards.queries.reasons import ReasonLine, read_notices, read_reasons
from rollbook.dashboards.queries.runs import Totals, totals_of
from rollbook.dashboards.queries.stages import StageLine, read_stages
from rollbook.dashboards.repairs import words_with_work
from rollbook.dashboards.times import listed, took
from rollbook.dashboards.wording import NAMES, changes_of, person_name, size
from rollbook.districts.access import Standing
from rollbook.oneroster import RESOURCES
from rollbook.runs.decisions import is_approved_once, needs_second_person
from rollbook.runs.models import RunState, Stage, SyncRun
from rollbook.runs.states import StateWords, is_moving, waits_for_person, words_of
from rollbook.sources.models import Delivery
from rollbook.staging.formats.data import Format


@dataclass(frozen=True, slots=True)
class ResourceCounts:
    """One line of the table of counts."""

    name: str
    file: str
    rows: int
    set_aside: int
    created: int
    updated: int
    rekeyed: int
    replaced: int
    removed: int


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """Where the data came from, and what it was read as; `format` is empty before that.

    `sender` is empty when no person sent it.
    """

    filename: str
    format: str
    because: str
    size: str
    sha256: str
    received: str
    sender: str
    road: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a held run, and why."""

    verb: str
    person: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class Restore:
    """What a run restores, for whom and why; `school` is empty for the whole district."""

    number: int
    school: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """Everything on the page but findings and changes.

    Attributes:
        is_checked, is_compared: Whether every row was checked, and compared with the roster.
        mark: Changes whenever the live part of the page would; the page sends it with each poll.
        reasons: Why the guard held the run or what stopped it.
        notices: What somebody should look at, though nothing is held for it.
        may_leave_removals: Additions and updates may be approved without the removals.
        needs_second: Two people must approve.
        has_approved: The person has approved it already, and another one is to follow.
        first_approval: What the first of two people said.
        waiting_ids: How many ids that it met wait for a decision.
        ids_query: Where those are listed, on the page of ids.
    """

    number: int
    state: str
    words: StateWords
    mark: str
    is_moving: bool
    is_checked: bool
    is_compared: bool
    is_held: bool
    may_decide: bool
    digest: str
    started: str
    took: str
    stages: list[StageLine]
    counts: list[ResourceCounts]
    totals: Totals
    reasons: list[ReasonLine]
    notices: list[ReasonLine]
    removals_wait: bool
    may_leave_removals: bool
    needs_second: bool
    has_approved: bool
    first_approval: Decision | None
    decision: Decision | None
    delivery: DeliveryFacts | None
    restores: Restore | None
    may_restore: bool
    waiting_ids: int
    ids_query: str


def read_run(
    run: SyncRun, standing: Standing, *, now: datetime, person_id: int | None = None
) -> RunPage:
    """Read the page of a run that the person may see."""
    stages = read_stages(run)
    waiting_ids = count_waiting(run)
    zone = standing.district.time_zone
    first_approval = _first_approval(run, zone, now)
    return RunPage(
        number=run.number,
        state=run.state,
        words=words_with_work(run, waiting_ids=waiting_ids),
        mark=_mark(run, stages),
        is_moving=is_moving(run),
        is_checked=_is_done(stages, Stage.VALIDATION),
        is_compared=_is_done(stages, Stage.DIFF),
        is_held=waits_for_person(run),
        may_decide=waits_for_person(run) and standing.may_run,
        digest=run.digest,
        started=listed(run.created_at, zone=zone, now=now),
        took=_took(run),
        stages=stages,
        counts=_counts(run),
        totals=totals_of(run),
        reasons=read_reasons(run),
        notices=read_notices(run),
        removals_wait=run.removals_wait,
        may_leave_removals=bool(run.judgement.get("removals_may_wait")),
        needs_second=waits_for_person(run) and needs_second_person(run),
        has_approved=first_approval is not None and run.first_approved_by_id == person_id,
        first_approval=first_approval,
        decision=_decision(run, zone, now),
        delivery=_delivery(run, zone, now),
        restores=_restores(run),
        may_restore=standing.may_run and run.state == RunState.PUBLISHED and bool(run.snapshot),
        waiting_ids=waiting_ids,
        ids_query=query_of(source=str(run.source_number)),
    )


def _took(run: SyncRun) -> str:
    """Return how long the run worked; a discarded one ended when its waiting did."""
    if run.state == RunState.DISCARDED or not run.started_at or not run.finished_at:
        return ""
    return took(run.started_at, run.finished_at)


def _is_done(stages: list[StageLine], stage: Stage) -> bool:
    return any(line.name == stage.label and line.kind == "done" for line in stages)


def _mark(run: SyncRun, stages: list[StageLine]) -> str:
    begun = sum(stage.kind in ("done", "working") for stage in stages)
    return f"{words_of(run).label.lower()}-{begun}"


def _counts(run: SyncRun) -> list[ResourceCounts]:
    return [
        ResourceCounts(
            name=NAMES[resource],
            file=resource.filename,
            rows=counts.get("rows", 0),
            set_aside=counts.get("set_aside", 0),
            created=changes["create"],
            updated=changes["update"],
            rekeyed=changes["rekey"],
            replaced=changes["replace"],
            removed=changes["abandon"],
        )
        for resource in RESOURCES
        if (counts := run.counts.get(resource)) and (changes := changes_of(counts))
    ]


def _decision(run: SyncRun, zone: str, now: datetime) -> Decision | None:
    if run.decided_at is None:
        return None
    verb = "Discarded" if run.state == RunState.DISCARDED else "Approved"
    if run.removals_wait:
        verb = "Approved without the removals"
    return Decision(
        verb="An earlier comparison was approved" if waits_for_person(run) else verb,
        person=person_name(run.decided_by),
        when=listed(run.decided_at, zone=zone, now=now),
        reason=run.decision_reason,
    )


def _first_approval(run: SyncRun, zone: str, now: datetime) -> Decision | None:
    if run.first_approved_at is None or not is_approved_once(run):
        return None
    return Decision(
        verb="Approved first",
        person=person_name(run.first_approved_by),
        when=listed(run.first_approved_at, zone=zone, now=now),
        reason=run.first_approval_reason,
    )


def _restores(run: SyncRun) -> Restore | None:
    if run.restores_run is None:
        return None
    person = person_name(run.restored_by) if run.restored_by else "The command line"
    return Restore(run.restores_run, run.restores_school, person, run.restore_reason)


def _delivery(run: SyncRun, zone: str, now: datetime) -> DeliveryFacts | None:
    deliveries = Delivery.objects.select_related("received_from")
    delivery = deliveries.filter(district=run.district_id, number=run.delivery_number or 0).first()
    if delivery is None:
        return None
    return DeliveryFacts(
        filename=delivery.filename,
        format=_format(run),
        because=run.read_as.get("because", ""),
        size=size(delivery.size_bytes),
        sha256=delivery.sha256,
        received=listed(delivery.received_at, zone=zone, now=now),
        sender=person_name(delivery.received_from) if delivery.received_from else "",
        road=delivery.get_road_display(),
    )


def _format(run: SyncRun) -> str:
    name = run.read_as.get("format", "")
    return Format(name).full_name if name else ""
