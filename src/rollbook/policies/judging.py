"""Judge a run by its district's policy, and note with it what was judged and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.utils import timezone

from rollbook.diff.data import ChangeSet
from rollbook.diff.measures import Drift
from rollbook.diff.stale import StaleDays
from rollbook.diff.statistics import measure_changes
from rollbook.diff.touched import select_ids
from rollbook.guard.data import Policy, Reason, Records, Verdict
from rollbook.guard.judge import judge_change_set
from rollbook.guard.policy import read_override
from rollbook.policies.models import GuardOverride
from rollbook.policies.reading import (
    find_policy,
    find_statistics,
    keep_statistics,
    past_statistics,
)
from rollbook.policies.setting import waiting_overrides
from rollbook.roster.models import StaleRecord
from rollbook.runs.models import SyncRun
from rollbook.runs.recording import note
from rollbook.validation.data import ValidRoster
from rollbook.validation.drift import DeliveryShape

IDS_KEPT = 25
"""So many records are named with each reason; the run's changes have the others."""


def judge_run(
    run: SyncRun, changes: ChangeSet, valid: ValidRoster, *, previous: DeliveryShape | None
) -> Verdict:
    """Judge what a run would change; the statistics and the verdict stay with the run.

    Args:
        previous: What the delivery before looked like.
    """
    shape = run.read_as.get("shape")
    now = DeliveryShape.from_json(shape) if shape else None
    statistics = measure_changes(
        changes, rows=_rows(previous, now), drift=_drift(valid), stale_days=_stale_days(run)
    )
    override = take_override(run)
    policy = _policy_of(run, override)
    verdict = judge_change_set(statistics, past=past_statistics(run), policy=policy)
    verdict = replace(
        verdict,
        reasons=tuple(_with_ids(reason, changes) for reason in verdict.reasons),
        notices=tuple(_with_ids(notice, changes) for notice in verdict.notices),
        removals_wait=_do_removals_wait(verdict, policy),
    )
    note(run, judgement={**verdict.as_json(), "override": override.number if override else None})
    keep_statistics(run, statistics)
    return verdict


def judge_rest(run: SyncRun, changes: ChangeSet) -> Verdict:
    """Judge what a run would change if its removals waited. Nothing is noted."""
    whole = find_statistics(run.district_id, [run.number])[run.number]
    statistics = measure_changes(
        changes, rows=whole.rows, drift=whole.drift, stale_days=_stale_days(run)
    )
    policy = _policy_of(run, take_override(run))
    return judge_change_set(statistics, past=past_statistics(run), policy=policy)


def take_override(run: SyncRun) -> GuardOverride | None:
    """Return the exception that counts for a run: one it has taken before, or one that waits.

    One that waits is for the next delivery; a restore that comes before leaves it.
    """
    own = GuardOverride.objects.filter(district_id=run.district_id, run_number=run.number)
    if (taken := own.first()) is not None:
        return taken
    if not run.restores_run:
        # Withdrawn in the same moment it is not there any more, and the update finds nothing.
        waiting_overrides(run.district_id, run.source_number).update(run_number=run.number)
    return own.first()


def _policy_of(run: SyncRun, override: GuardOverride | None) -> Policy:
    policy = find_policy(run.district_id)
    return policy.with_override(read_override(override.rules)) if override else policy


def _do_removals_wait(verdict: Verdict, policy: Policy) -> bool:
    """Whether removals are in the way, and the district has chosen that the rest goes ahead."""
    is_in_the_way = any(reason.is_about_removals for reason in verdict.reasons)
    return policy.removals_wait and verdict.removals_may_wait and is_in_the_way


def _with_ids(reason: Reason, changes: ChangeSet) -> Reason:
    if not reason.records.count:
        return reason
    ids = select_ids(
        changes,
        subject=reason.subject,
        change=reason.records.change,
        field=reason.field or None,
        measure=reason.guard,
        schools=reason.schools,
        most=IDS_KEPT,
    )
    records = Records(reason.records.change, reason.records.count, ids)
    return replace(reason, records=records)


def _drift(valid: ValidRoster) -> tuple[Drift, ...]:
    codes = frozenset(valid.drift)
    if not codes:
        return ()
    return tuple(
        Drift(it.finding.code, it.finding.file, it.finding.field, it.finding.value)
        for it in valid.findings()
        if it.finding.code in codes
    )


def _stale_days(run: SyncRun) -> StaleDays:
    """Return for how many days records of the source have been stale, by the district's days."""
    zone = ZoneInfo(run.district.time_zone)
    today = timezone.localdate(timezone=zone)
    marks = StaleRecord.objects.filter(
        district_id=run.district_id, source_number=run.source_number
    ).values_list("resource", "served_id", "stale_since")
    return {
        (resource, served): (today - timezone.localdate(since, timezone=zone)).days
        for resource, served, since in marks
    }


def _rows(
    previous: DeliveryShape | None, now: DeliveryShape | None
) -> Mapping[str, tuple[int, int]]:
    if previous is None or now is None:
        return {}
    return {
        name: (previous.files[name].rows, file.rows)
        for name, file in now.files.items()
        if name in previous.files
    }
