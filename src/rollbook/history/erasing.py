"""Erase a person from everything that is stored, and prove it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from rollbook.apply.errors import RosterMovedError
from rollbook.districts.models import District
from rollbook.filestore import delete_file
from rollbook.history.erase_deliveries import is_person_of, note_rewritten, rewrite_delivery
from rollbook.history.erase_records import Removed, erase_from_history, erase_from_roster
from rollbook.history.erase_snapshots import (
    Dependants,
    RewrittenFile,
    files_of,
    find_dependants,
    rewrite_snapshots,
)
from rollbook.history.erased import digests_of, remember
from rollbook.history.errors import HistoryError
from rollbook.history.models import Erasure, ErasureState, Inquiry
from rollbook.history.orphans import sweep_orphans
from rollbook.history.proof import search_everywhere
from rollbook.history.recognising import trait_digests
from rollbook.history.subject import Subject, find_subject
from rollbook.roster.lock import lock_district
from rollbook.roster.models import Roster, RosterUser
from rollbook.roster.tables import MODEL_OF
from rollbook.runs.models import SyncRun
from rollbook.runs.recording import note_erasure_run
from rollbook.sharing.grants import share_publish
from rollbook.sources.models import Delivery
from rollbook.staging.data import Workspace
from rollbook.workspace import open_folder

log = structlog.get_logger(__name__)

_ORPHANS_OLDER_THAN = timedelta(hours=1)


def run_erasure(district_id: int, number: int) -> None:
    """Do what an erasure asks for, in a folder of its own."""
    erasure = Erasure.objects.get(district_id=district_id, number=number)
    with open_folder(f"{district_id}-erasure-{number}-") as workspace:
        erase_person(erasure, workspace)


def fail_erasure(district_id: int, number: int, problem: str) -> None:
    """Note why an erasure stopped; the id goes, so it has to be asked for once more.

    Files that were replaced already are deleted: their names stand in the log.
    """
    erasure = Erasure.objects.get(district_id=district_id, number=number)
    _delete_doomed(erasure)
    _note(erasure, state=ErasureState.FAILED, subject="", problem=problem)


def erase_person(erasure: Erasure, workspace: Workspace) -> None:
    """Take a person out of everything, step by step; safe to call again after a worker died.

    The ids are hashed first, so that no delivery brings the person back meanwhile. Files are stored
    anew beside the old ones; one transaction changes every table and lets runs name the new files;
    the old ones are deleted, by a list that the same transaction wrote; and a search of everything
    says what is left, which is nothing.

    Raises:
        HistoryError: The id is that of two people, or of nobody.
    """
    if erasure.state not in (ErasureState.WAITING, ErasureState.WORKING):
        return
    # What killed runs left, nothing names: nobody would find the person in it.
    sweep_orphans(erasure.district_id, before=timezone.now() - _ORPHANS_OLDER_THAN)
    subject = find_subject(erasure.district_id, erasure.subject, workspace.folder)
    _refuse_nobody(erasure, subject, workspace)
    _remember(erasure, subject)
    _erase_deliveries(erasure, subject, workspace)
    runs = SyncRun.objects.filter(district_id=erasure.district_id).exclude(snapshot={})
    base = _published_run(erasure.district_id)
    files = files_of(runs.values_list("snapshot", flat=True))
    dependants = find_dependants(files, subject, workspace.folder)
    rewritten = [*rewrite_snapshots(files, subject, dependants, workspace.folder)]
    _erase_tables(erasure, subject, dependants, rewritten, base=base)
    _delete_doomed(erasure)
    _prove(erasure, subject, dependants, workspace.folder)


def _refuse_nobody(erasure: Erasure, subject: Subject, workspace: Workspace) -> None:
    """Refuse an id that is no person's: files that say the id of a school would all be lost.

    An erasure that is taken up again has been let through before.

    Raises:
        HistoryError: No run has published a person with this id, and no stored delivery has one.
    """
    if subject.is_known or erasure.state == ErasureState.WORKING:
        return
    if not any(is_person_of(it, subject, workspace) for it in _stored_deliveries(erasure)):
        raise HistoryError(
            "No person has or had the id you gave, so nothing was changed. Look the id up on the "
            "history page or with `rollbook show --record`, and ask once more."
        )


def _stored_deliveries(erasure: Erasure) -> QuerySet[Delivery]:
    stored = Delivery.objects.filter(district=erasure.district_id).exclude(stored_as="")
    return stored.order_by("number")


def _remember(erasure: Erasure, subject: Subject) -> None:
    digests = {
        digest
        for source, ids in subject.ids.items()
        for digest in digests_of(erasure.district_id, source, ids)
    }
    digests |= {
        *trait_digests(
            erasure.district_id, erasure.number, evidence=subject.evidence, facts=subject.facts
        )
    }
    with transaction.atomic():
        remember(erasure.district_id, erasure.number, digests)
        # An uid would not be found any more, were this interrupted after the tables were changed.
        _note(erasure, state=ErasureState.WORKING, subject=min(subject.served))


def _erase_deliveries(erasure: Erasure, subject: Subject, workspace: Workspace) -> None:
    for delivery in _stored_deliveries(erasure):
        rewritten = rewrite_delivery(delivery, subject, workspace)
        if rewritten is None:
            continue
        with transaction.atomic():
            note_rewritten(delivery, rewritten)
            _add(erasure, {"delivery rows": rewritten.rows, "delivery cells": rewritten.cells})
            _note_files(
                erasure,
                [(rewritten.old_key, rewritten.new_key, rewritten.before, rewritten.after)],
            )
        _delete_doomed(erasure)


def _erase_tables(
    erasure: Erasure,
    subject: Subject,
    dependants: Dependants,
    rewritten: list[RewrittenFile],
    *,
    base: int | None,
) -> None:
    """Change every table in one transaction, as a publish of no source.

    A run that compared itself with the roster of before finds that it has moved and begins again.

    Raises:
        RosterMovedError: A run has published since the snapshots were read; begin again.
    """
    moved = {it.old_key: it.new_key for it in rewritten}
    with transaction.atomic():
        lock_district(erasure.district_id)
        District.objects.select_for_update().get(pk=erasure.district_id)
        if _published_run(erasure.district_id) != base:
            raise RosterMovedError("A run has published meanwhile; the erasure begins again.")
        removed = erase_from_history(erasure.district_id, subject, dependants, moved=moved)
        removed["snapshot rows"] = sum(it.rows for it in rewritten)
        Inquiry.objects.filter(district=erasure.district_id).delete()
        if base is not None:
            removed |= _publish(erasure, subject, base)
        _add(erasure, removed)
        _note_files(erasure, [(it.old_key, it.new_key, it.before, it.after) for it in rewritten])


def _publish(erasure: Erasure, subject: Subject, base: int) -> Removed:
    roster = Roster.objects.select_for_update().get(district=erasure.district_id)
    moment, number = timezone.now(), roster.change_number + 1
    removed = erase_from_roster(
        erasure.district_id,
        subject,
        erasure=erasure.number,
        change_number=number,
        moment=moment,
    )
    published = SyncRun.objects.get(district_id=erasure.district_id, number=base)
    highest = SyncRun.objects.filter(district=erasure.district_id).aggregate(it=Max("number"))["it"]
    run = note_erasure_run(
        published,
        number=highest + 1,
        change_number=number,
        moment=moment,
        counts={
            name: {"create": 0, "update": 0, "abandon": amount}
            for name, amount in removed.items()
            if amount and name in MODEL_OF
        },
        sentence=f"Erasure {erasure.number} took a person out of everything that is stored.",
    )
    Roster.objects.filter(pk=roster.pk).update(
        change_number=number,
        published_run=run.number,
        published_at=moment,
        counts=_count(erasure.district_id, roster.counts),
    )
    share_publish(erasure.district_id, change_number=number)
    _note(erasure, run_number=run.number)
    return removed


def _count(district_id: int, counts: dict[str, int]) -> dict[str, int]:
    """Count what the roster holds now, under the names that it had counts for."""
    users = RosterUser.objects.filter(district=district_id)
    roles = {
        "students": ["student"],
        "teachers": ["teacher"],
        "parents": ["guardian", "parent", "relative"],
    }
    fresh = {
        str(resource): model._default_manager.filter(district=district_id).count()
        for resource, model in MODEL_OF.items()
    }
    fresh |= {name: users.filter(role__in=words).count() for name, words in roles.items()}
    return {**counts, **{name: amount for name, amount in fresh.items() if name in counts}}


def _prove(erasure: Erasure, subject: Subject, dependants: Dependants, folder: Path) -> None:
    found = search_everywhere(erasure.district_id, subject, dependants, folder)
    hits = sum(found.values())
    _note(
        erasure,
        state=ErasureState.INCOMPLETE if hits else ErasureState.DONE,
        subject="",
        done_at=timezone.now(),
        found={"places": len(found), "hits": hits, "where": [it for it, n in found.items() if n]},
    )
    log.info("person erased", district=erasure.district_id, erasure=erasure.number, left_over=hits)


def _published_run(district_id: int) -> int | None:
    roster = Roster.objects.filter(district=district_id).first()
    return roster.published_run if roster else None


def _note_files(erasure: Erasure, files: list[tuple[str, str, str, str | None]]) -> None:
    """Note what took the place of which file, and that the old ones have to be deleted."""
    erasure.files += [
        {"file": new or old, "before": before, "after": after} for old, new, before, after in files
    ]
    erasure.doomed += [old for old, *_ in files]
    _note(erasure, files=erasure.files, doomed=erasure.doomed)


def _delete_doomed(erasure: Erasure) -> None:
    for key in erasure.doomed:
        delete_file(key)
    _note(erasure, doomed=[])


def _add(erasure: Erasure, removed: Removed) -> None:
    totals = dict(erasure.removed)
    for name, amount in removed.items():
        totals[name] = totals.get(name, 0) + amount
    _note(erasure, removed=totals)


def _note(erasure: Erasure, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(erasure, name, value)
    Erasure.objects.filter(pk=erasure.pk).update(**fields)
