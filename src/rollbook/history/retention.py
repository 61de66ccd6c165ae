"""Let what has aged go: snapshots thin out, deliveries and details end, tombstones keep ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from rollbook.districts.models import District
from rollbook.filestore import delete_file
from rollbook.history.asking import INQUIRIES_KEPT_FOR
from rollbook.history.models import Inquiry
from rollbook.history.orphans import sweep_orphans
from rollbook.history.policy import KeptRun, RetentionPolicy, choose_kept
from rollbook.roster.connection import open_cursor
from rollbook.roster.lock import lock_district
from rollbook.roster.models import Roster
from rollbook.runs.models import Finding, IdentityPair, RecordChange, RunState, SyncRun
from rollbook.sources.models import Delivery
from rollbook.sqlfiles import read_sql

log = structlog.get_logger(__name__)

_HERE = "rollbook.history"
_OVER = (RunState.PUBLISHED, RunState.UNCHANGED, RunState.DISCARDED, RunState.FAILED)
_ORPHANS_OLDER_THAN = timedelta(hours=6)  # a file is stored before the row that names it
_PERSONAL = ("users", "demographics", "enrollments", "roles", "userProfiles")


@dataclass(slots=True)
class Retained:
    """What one pass let go in one district, in counts."""

    district: str
    counts: dict[str, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


def retain_all(*, policy: RetentionPolicy, now: datetime, is_dry_run: bool) -> list[Retained]:
    """Go through every district; a dry run changes nothing and tells what would be."""
    return [
        retain(district, policy=policy, now=now, is_dry_run=is_dry_run)
        for district in District.objects.order_by("pk")
    ]


def retain(
    district: District, *, policy: RetentionPolicy, now: datetime, is_dry_run: bool
) -> Retained:
    """Let go what has aged in one district.

    The rows change in one transaction under the district's lock; files that no row names any more
    are deleted after it. Killed in between, they are orphans, which the next pass finds. Nothing
    that is published, or that a run which is not over refers to, is touched.
    """
    done = Retained(district.name)
    with transaction.atomic():
        lock_district(district.pk)
        _thin_snapshots(district, policy, now, done)
        _end_deliveries(district, policy, now, done)
        _end_details(district, policy, now, done)
        _empty_tombstones(district, policy, now, done)
        asked = Inquiry.objects.filter(district=district, asked_at__lt=now - INQUIRIES_KEPT_FOR)
        done.counts["answers"] = asked.delete()[0]
        transaction.set_rollback(is_dry_run)
    done.counts["files"] = len(done.files)
    if is_dry_run:
        return done
    for key in done.files:
        delete_file(key)
    done.counts["orphans"] = sweep_orphans(district.pk, before=now - _ORPHANS_OLDER_THAN)
    if any(done.counts.values()):
        log.info("what had aged was let go", district=district.pk, **done.counts)
    return done


def _thin_snapshots(
    district: District, policy: RetentionPolicy, now: datetime, done: Retained
) -> None:
    """Empty the snapshots that have thinned out; files that a kept one shares stay."""
    roster = Roster.objects.filter(district=district).first()
    needed = {roster.published_run} if roster else set()
    open_runs = SyncRun.objects.filter(district=district).exclude(state__in=_OVER)
    for pair in open_runs.values_list("base_run", "restores_run"):
        needed.update(number for number in pair if number is not None)
    runs = [*SyncRun.objects.filter(district=district).exclude(snapshot={}).order_by("number")]
    kept = choose_kept(
        [KeptRun(it.number, it.finished_at or it.created_at, it.number in needed) for it in runs],
        policy=policy,
        now=now,
    )
    gone = [run for run in runs if run.number not in kept]
    numbers = [run.number for run in gone]
    SyncRun.objects.filter(district=district, number__in=numbers).update(snapshot={})
    still = _keys(run for run in runs if run.number in kept)
    done.files += sorted(_keys(gone) - still)
    done.counts["snapshots"] = len(gone)


def _keys(runs: Iterable[SyncRun]) -> set[str]:
    return {key for run in runs for keys in run.snapshot.values() for key in keys.values()}


def _end_deliveries(
    district: District, policy: RetentionPolicy, now: datetime, done: Retained
) -> None:
    """Let go the files of deliveries whose runs have long been over."""
    done.counts["deliveries"] = 0
    if not policy.deliveries_days:
        return
    cut = now - timedelta(days=policy.deliveries_days)
    runs = SyncRun.objects.filter(district=district, delivery_number__isnull=False)
    in_use = {
        run.delivery_number or 0
        for run in runs
        if run.state not in _OVER or (run.finished_at or run.created_at) > cut
    }
    aged = Delivery.objects.filter(district=district, received_at__lt=cut).exclude(stored_as="")
    aged = aged.exclude(number__in=in_use)
    done.files += [*aged.values_list("stored_as", flat=True)]
    done.counts["deliveries"] = aged.update(stored_as="", stored_sha256="")


def _end_details(
    district: District, policy: RetentionPolicy, now: datetime, done: Retained
) -> None:
    """Let go findings, changes of single records and decided ids; counts stay with the run."""
    done.counts |= {"findings": 0, "changes": 0, "decided ids": 0}
    if not policy.details_days:
        return
    cut = now - timedelta(days=policy.details_days)
    aged = SyncRun.objects.filter(district=district, state__in=_OVER, finished_at__lt=cut)
    numbers = aged.values("number")
    for name, model in (("findings", Finding), ("changes", RecordChange)):
        rows = model.objects.filter(district=district, run_number__in=numbers)
        done.counts[name] = rows.delete()[0]
    decided = IdentityPair.objects.filter(district=district, settled_run__in=numbers)
    done.counts["decided ids"] = decided.delete()[0]


def _empty_tombstones(
    district: District, policy: RetentionPolicy, now: datetime, done: Retained
) -> None:
    """Leave ids alone of what was removed long ago, and nothing at all of erased people."""
    statements = {
        "tombstones": ("empty_tombstones", policy.tombstones_days),
        "notices": ("end_notices", policy.notices_days),
    }
    for name, (statement, days) in statements.items():
        done.counts[name] = 0
        if not days:
            continue
        with open_cursor() as cursor:
            cursor.execute(
                read_sql(_HERE, statement),
                {
                    "district": district.pk,
                    "cut": now - timedelta(days=days),
                    "personal": [*_PERSONAL],
                },
            )
            done.counts[name] = cursor.rowcount
