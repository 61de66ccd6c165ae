"""One sync run from top to bottom: how a delivery becomes a published, shared roster.

Each stage is one call, values in, values out; its folder's docstring says what it promises. What is
written on the way, and nowhere else: notes about the run (`record_stage`, `note`), findings and
changes for people to read, and, in one transaction at the end, the roster.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.utils import timezone

from rollbook.apply.history import keep_changes, keep_findings
from rollbook.apply.pairs import has_waiting_pairs, keep_pairs, settle_pairs, verdicts_of
from rollbook.apply.publish import apply_change_set
from rollbook.apply.snapshots import (
    drop_other_attempts,
    fetch_others,
    fetch_snapshot,
    store_notes,
    store_snapshot,
)
from rollbook.diff.compute import compute_change_set
from rollbook.diff.data import ChangeSet, Standpoint
from rollbook.guard.data import Decision, Reason, Verdict
from rollbook.guard.guards import MOVED
from rollbook.history.erase_deliveries import cut_erased
from rollbook.history.erased import set_erased_aside
from rollbook.history.restored import take_snapshot_rows
from rollbook.policies.judging import judge_rest, judge_run
from rollbook.runs.models import RunState, Stage, SyncRun
from rollbook.runs.published import Published, find_published, is_anything_unpublished
from rollbook.runs.recording import (
    begin_run,
    end_run,
    fail_run,
    note,
    record_stage,
    supersede_held_runs,
)
from rollbook.sharing.grants import share_publish
from rollbook.sources.deliveries import fetch_delivery, source_of
from rollbook.sources.models import Source
from rollbook.staging.data import Reading, Snapshot, StagedRoster, Workspace
from rollbook.staging.stage import stage_files
from rollbook.validation.catalogue import rule_of
from rollbook.validation.data import ValidRoster
from rollbook.validation.drift import DeliveryShape, shape_of
from rollbook.validation.problems import find_problems
from rollbook.workspace import open_workspace

log = structlog.get_logger(__name__)

_MOVED = Reason(
    MOVED,
    "The changes are not those that were approved: the roster was published anew since. Look at "
    "them once more.",
)

_OUT_OF_ORDER = {
    "code": "run.delta_out_of_order",
    "sentence": "The delivery lists changes since one that is not what is published, so it would "
    "leave gaps. Send a complete (bulk) export; nothing of the roster has changed.",
}


_IDS_WAIT = {
    "code": "run.delta_while_ids_wait",
    "sentence": "The delivery lists changes only, and ids of an earlier one wait for a decision: "
    "what it says of them would be lost. Decide about the ids, then send a complete (bulk) "
    "export.",
}
_CLOSED = {
    "code": "run.outside_dates",
    "sentence": "This source is set up for a span of days, and today is not one of them. Nothing "
    "of the roster has changed. Change the dates of the source if they are wrong.",
}


def run_sync(district_id: int, run_number: int) -> None:
    """Take one delivery through the stages, as far as it goes by itself.

    Safe to call twice and after a worker died: a run that is over is left alone, and one that was
    interrupted begins again. Nothing is published but in `_publish`.

    Raises:
        SourceDataError: The delivery cannot be read at all.
        TransientError: Something moved meanwhile; the same call will succeed.
    """
    run = begin_run(district_id, run_number)
    if run is None:
        _tidy(district_id, run_number)
        return
    log.info("run begins", district=district_id, run=run_number)
    source = source_of(run)
    if not source.is_open_on(_today(run)):
        end_run(run, RunState.FAILED, reasons=[_CLOSED])
        return
    with open_workspace(run) as workspace:
        last = find_published(district_id, run.source_number)
        snapshot = fetch_snapshot(last.own, folder=workspace.folder / "published")
        if run.restores_run:
            valid = _take_back(run, workspace, snapshot, last)
        else:
            staged = _stage(run, workspace, snapshot, last, source)
            if staged.has_delta and (refusal := _refuse_delta(run, last)):
                end_run(run, RunState.FAILED, reasons=[refusal])
                return
            valid = _validate(run, staged, snapshot, last, source)
            if valid.stops:
                _stop(run, valid)
                return
        changes = _compare(run, valid, last, source)
        verdict = _guard(run, changes, valid, last, source)
        if verdict.decision is Decision.REFUSE:
            end_run(run, RunState.FAILED, reasons=_as_json(verdict))
            return
        if verdict.decision is Decision.HOLD:
            _hold(run, verdict)
            return
        if verdict.removals_wait:
            changes = _leave_removals(run, valid, source)
        _publish(run, changes, last, verdict)


def _stage(
    run: SyncRun,
    workspace: Workspace,
    snapshot: Snapshot | None,
    last: Published,
    source: Source,
) -> StagedRoster:
    reading = Reading(
        prefixed=last.prefixed,
        is_first_load=last.source_run is None,
        ownership=source.ownership,
    )
    with record_stage(run, Stage.STAGING) as facts:
        package = fetch_delivery(run, folder=workspace.folder)
        staged = stage_files(package, workspace=workspace, reading=reading)
        forgotten = set_erased_aside(
            staged,
            published=snapshot,
            district_id=run.district_id,
            source_number=run.source_number,
        )
        cut_erased(run, forgotten, workspace)
        staged = forgotten.staged
        facts.append(("files read", len(staged.read)))
        facts.append(("rows read", sum(file.rows for file in staged.read)))
        facts.append(("rows refused", sum(file.refused for file in staged.read)))
    read_as = {
        "format": staged.format,
        "because": staged.because,
        "prefixed": sorted(staged.prefixed),
        "shape": shape_of(staged).as_json(),
    }
    note(run, state=RunState.STAGED, read_as=read_as)
    return staged


def _refuse_delta(run: SyncRun, last: Published) -> dict[str, str] | None:
    """Return why changes alone cannot be taken over now, if they cannot."""
    if last.is_restored or is_anything_unpublished(run, since=last.source_run):
        return _OUT_OF_ORDER
    return _IDS_WAIT if has_waiting_pairs(run) else None


def _take_back(
    run: SyncRun, workspace: Workspace, published: Snapshot | None, last: Published
) -> ValidRoster:
    """Take the rows of the run that is restored, in the place of a delivery's."""
    with record_stage(run, Stage.STAGING) as facts:
        valid = take_snapshot_rows(run, workspace, published=published, last=last)
        facts.append(("rows read", sum(rows.rows for rows in valid.counts.values())))
    counts = {
        str(resource): {"rows": rows.rows, "set_aside": 0}
        for resource, rows in valid.counts.items()
    }
    note(run, state=RunState.VALIDATED, counts=counts, read_as=last.read_as)
    return valid


def _validate(
    run: SyncRun,
    staged: StagedRoster,
    published: Snapshot | None,
    last: Published,
    source: Source,
) -> ValidRoster:
    others = fetch_others(last.others, folder=staged.workspace.folder / "others")
    previous = DeliveryShape.from_json(last.shape) if last.shape else None
    with record_stage(run, Stage.VALIDATION) as facts:
        valid = find_problems(
            staged,
            published=published,
            others=others,
            ownership=source.ownership,
            previous=previous,
        )
        keep_findings(run, valid.workspace)
        facts.append(("findings", sum(valid.finding_counts.values())))
        facts.append(("rows set aside", sum(row.set_aside for row in valid.counts.values())))
    note(
        run,
        state=RunState.VALIDATED,
        finding_counts=dict(valid.finding_counts),
        severity_counts={str(name): count for name, count in valid.severity_counts.items()},
        counts={
            str(resource): {"rows": rows.rows, "set_aside": rows.set_aside + rows.refused}
            for resource, rows in valid.counts.items()
        },
    )
    return valid


def _compare(run: SyncRun, valid: ValidRoster, last: Published, source: Source) -> ChangeSet:
    with record_stage(run, Stage.DIFF) as facts:
        changes = compute_change_set(valid, standpoint=_standpoint(run, source))
        keep_changes(run, changes)
        keep_pairs(run, changes.pairs)
        for kind in ("create", "update", "abandon", "rekey", "replace"):
            facts.append((kind, sum(getattr(counts, kind) for counts in changes.counts.values())))
    note(
        run,
        state=RunState.COMPARED,
        counts=_count_changes(run, changes),
        digest=last.bind(changes.digest),
        base_run=last.run_number,
    )
    return changes


def _standpoint(run: SyncRun, source: Source, *, removals_wait: bool = False) -> Standpoint:
    return Standpoint(
        verdicts=verdicts_of(run),
        today=_today(run),
        grace_days=source.grace_days,
        removals_wait=removals_wait,
        ownership=source.ownership,
    )


def _count_changes(run: SyncRun, changes: ChangeSet) -> dict[str, dict[str, int]]:
    return {
        str(resource): {
            **run.counts.get(str(resource), {"rows": 0, "set_aside": 0}),
            "create": change.create,
            "update": change.update,
            "abandon": change.abandon,
            "rekey": change.rekey,
            "replace": change.replace,
        }
        for resource, change in changes.counts.items()
        if change.active or change.total or str(resource) in run.counts
    }


def _today(run: SyncRun) -> date:
    """Return the day of the run in the district's time zone."""
    return timezone.localdate(timezone=ZoneInfo(run.district.time_zone))


def _guard(
    run: SyncRun, changes: ChangeSet, valid: ValidRoster, last: Published, source: Source
) -> Verdict:
    """Judge the change set. What a person has approved goes, as long as it is still that."""
    with record_stage(run, Stage.GUARD) as facts:
        previous = DeliveryShape.from_json(last.shape) if last.shape else None
        verdict = judge_run(run, changes, valid, previous=previous)
        facts.append(("reasons to hold", len(verdict.reasons)))
    if verdict.decision is Decision.REFUSE:
        return verdict
    if run.approved_digest:
        if run.approved_digest != run.digest:
            return verdict.hold_also(_MOVED)
        return replace(verdict, decision=Decision.GO, removals_wait=run.removals_wait)
    if verdict.decision is Decision.HOLD and verdict.removals_wait:
        standpoint = _standpoint(run, source, removals_wait=True)
        rest = compute_change_set(valid, standpoint=standpoint)
        return replace(verdict, decision=judge_rest(run, rest).decision)
    return verdict


def _leave_removals(run: SyncRun, valid: ValidRoster, source: Source) -> ChangeSet:
    """Compare once more, without removals: the next delivery asks about these again."""
    changes = compute_change_set(valid, standpoint=_standpoint(run, source, removals_wait=True))
    keep_changes(run, changes)
    note(run, removals_wait=True, counts=_count_changes(run, changes))
    return changes


def _stop(run: SyncRun, valid: ValidRoster) -> None:
    """End a run whose files cannot be used; what is live stays live."""
    fields: dict[tuple[str, str], list[str]] = {}
    for stop in valid.stops:
        named = fields.setdefault((stop.code, stop.file), [])
        named += [stop.field] if stop.field else []
    reasons = [
        {"code": code, "sentence": _say_stop(code, file, named)}
        for (code, file), named in fields.items()
    ]
    end_run(run, RunState.FAILED, reasons=reasons)


def _say_stop(code: str, file: str, fields: list[str]) -> str:
    rule = rule_of(code)
    if file not in rule.title:
        return f"{', '.join([file, *fields])}: {rule.title}. {rule.repair}"
    title = f"{rule.title}: {', '.join(fields)}" if fields else rule.title
    return f"{title}. {rule.repair}"


def _hold(run: SyncRun, verdict: Verdict) -> None:
    """Leave a run for a person to decide; an approval of another change set does not count."""
    end_run(run, RunState.HELD, reasons=_as_json(verdict), approved_digest="", removals_wait=False)


def _as_json(verdict: Verdict) -> list[dict[str, object]]:
    return [reason.as_json() for reason in verdict.reasons]


def _publish(run: SyncRun, changes: ChangeSet, last: Published, verdict: Verdict) -> None:
    """Store the snapshot, then write roster, grants and the run's end in one transaction."""
    reasons = run.reasons if run.approved_digest else _as_json(verdict)
    with record_stage(run, Stage.APPLY) as facts:
        folder = f"snapshots/{run.district_id}/{run.number}"
        keys = store_snapshot(changes, folder=folder, previous=last.own)
        with transaction.atomic():
            report = apply_change_set(
                changes,
                district_id=run.district_id,
                run_number=run.number,
                source_number=run.source_number,
                based_on=last.run_number,
                moment=timezone.now(),
            )
            facts.append(("records written", sum(report.touched.values())))
            if report.do_notes_change:
                keys = store_notes(changes, folder=folder, keys=keys)
            supersede_held_runs(run)
            settle_pairs(run)
            if report.change_number is None:
                end_run(run, RunState.UNCHANGED, reasons=reasons)
                return
            with record_stage(run, Stage.SHARING) as shared:
                count = share_publish(run.district_id, change_number=report.change_number)
                shared.append(("applications", count))
            end_run(
                run,
                RunState.PUBLISHED,
                change_number=report.change_number,
                snapshot=last.with_own(keys),
                reasons=reasons,
            )
    drop_other_attempts(folder, keep=keys)


def _tidy(district_id: int, run_number: int) -> None:
    """Remove what a worker left that was killed just after it had published."""
    run = SyncRun.objects.get(district_id=district_id, number=run_number)
    if run.state == RunState.PUBLISHED:
        folder = f"snapshots/{district_id}/{run_number}"
        drop_other_attempts(folder, keep=run.snapshot[str(run.source_number)])


def give_up(district_id: int, run_number: int, *, code: str, sentence: str) -> None:
    """End a run that will not be tried again, with the reason for the district."""
    run = SyncRun.objects.get(district_id=district_id, number=run_number)
    fail_run(run, code, sentence)
