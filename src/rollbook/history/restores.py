"""Bring an earlier roster back: as a new run, through the same guard as any delivery."""

from __future__ import annotations

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from rollbook.districts.models import District
from rollbook.history.errors import HistoryError, SnapshotGoneError
from rollbook.oneroster import Resource
from rollbook.roster.models import Org, Roster, Tombstone
from rollbook.runs.models import RunState, SyncRun
from rollbook.runs.queue import queue_run

log = structlog.get_logger(__name__)


@transaction.atomic
def restore_run(
    run: SyncRun, *, school: str = "", acting_user: User | None, reason: str
) -> list[SyncRun]:
    """Queue a new run for each source that brings back what a published run left.

    Nothing changes yet: the new runs compare the old rows with the present ones, and the guard
    holds what is too much, as ever. A source that was not there then is restored to nothing.

    Args:
        school: The sourcedId of the one school to restore; everything else stays as it is. Empty:
            the whole district.

    Raises:
        SnapshotGoneError: The run published nothing, or its snapshot is not kept any more.
        HistoryError: It is what is published now, or the district has and had no such school.
    """
    district = District.objects.select_for_update().get(pk=run.district_id)
    run = SyncRun.objects.get(district_id=run.district_id, number=run.number)
    roster = Roster.objects.filter(district=district).first()
    if run.state != RunState.PUBLISHED or not run.snapshot or roster is None:
        raise SnapshotGoneError(
            f"Run {run.number} cannot be restored: it published nothing, or its snapshot is not "
            "kept any more. Choose another published run."
        )
    if roster.published_run == run.number:
        raise HistoryError(f"Run {run.number} is what is published now; there is nothing to do.")
    if school and not _is_or_was_org(district, school):
        raise HistoryError(
            f"{district.name} has and had no school {school!r}, so there is nothing to bring back. "
            "Name one by its sourcedId, as the page of the restore lists them."
        )
    present = SyncRun.objects.get(district=district, number=roster.published_run).snapshot
    restores = [
        _queue(run, int(source), school=school, acting_user=acting_user, reason=reason)
        for source in sorted({*run.snapshot, *present}, key=int)
    ]
    log.info(
        "restore asked for",
        district=district.pk,
        run=run.number,
        whole=not school,
        by=acting_user.pk if acting_user else None,
    )
    return restores


def _is_or_was_org(district: District, sourced_id: str) -> bool:
    """Whether an org of that id is published, or was: then its tombstone is there."""
    removed = Tombstone.objects.filter(district=district, resource=str(Resource.ORGS))
    return (
        Org.objects.filter(district=district, sourced_id=sourced_id).exists()
        or removed.filter(record__sourced_id=sourced_id).exists()
    )


def _queue(
    run: SyncRun, source: int, *, school: str, acting_user: User | None, reason: str
) -> SyncRun:
    highest = SyncRun.objects.filter(district_id=run.district_id).aggregate(it=Max("number"))["it"]
    restore = SyncRun.objects.create(
        district_id=run.district_id,
        number=highest + 1,
        source_number=source,
        restores_run=run.number,
        restores_school=school,
        restored_by=acting_user,
        restore_reason=reason,
    )
    queue_run(restore)
    return restore
