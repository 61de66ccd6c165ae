"""The entry to this stage: write a change set to the roster."""

from __future__ import annotations

from datetime import datetime

import duckdb

from rollbook.apply.data import ApplyReport, Publish
from rollbook.apply.errors import RosterMovedError
from rollbook.apply.records import change_records, load_first, mark_stale
from rollbook.diff.data import ChangeSet
from rollbook.oneroster import RESOURCES, Resource
from rollbook.roster.lock import lock_district
from rollbook.roster.models import Roster

_ROLES = {"student": "students", "teacher": "teachers"}
_CONTACTS = ("guardian", "parent", "relative")


def apply_change_set(
    change_set: ChangeSet,
    *,
    district_id: int,
    run_number: int,
    source_number: int,
    based_on: int | None,
    moment: datetime,
) -> ApplyReport:
    """Write a change set to the roster of a district. Call it inside a transaction.

    The transaction takes the district's advisory lock, so two workers that hold the same run (one
    was taken for dead) come one after the other, and the second finds that the roster has moved.

    Args:
        source_number: Whose change set it is.
        based_on: The published run that the change set was computed against; None before the first.

    Raises:
        RosterMovedError: The roster is not the one that the change set was computed against.
    """
    lock_district(district_id)
    roster = Roster.objects.select_for_update().filter(district_id=district_id).first()
    if (roster.published_run if roster else None) != based_on:
        raise RosterMovedError("Another run has published; this one is compared again.")
    publish = Publish(
        district_id=district_id,
        run_number=run_number,
        source_number=source_number,
        number=1 if roster is None else roster.change_number + 1,
        moment=moment,
        is_first=roster is None,
    )
    do_notes_change = _write(change_set, publish)
    if change_set.is_empty:
        return ApplyReport(change_number=None, touched={})
    _note_publish(change_set, publish, roster)
    return ApplyReport(
        change_number=publish.number,
        touched={resource: counts.total for resource, counts in change_set.counts.items()},
        do_notes_change=do_notes_change,
    )


def _write(change_set: ChangeSet, publish: Publish) -> bool:
    """Write every resource; whether the notes of the snapshot are other ones afterwards."""
    pipe = change_set.workspace.folder / "copy.pipe"
    do_notes_change = False
    with change_set.workspace.connect() as database:
        for resource in RESOURCES:
            if publish.is_first:
                load_first(database, resource, publish, pipe=pipe)
            elif change_set.counts[resource].total:
                do_notes_change |= change_records(
                    database, resource, change_set, publish, pipe=pipe
                )
        if not publish.is_first:
            mark_stale(database, change_set, publish, pipe=pipe)
    return do_notes_change


def _note_publish(change_set: ChangeSet, publish: Publish, roster: Roster | None) -> None:
    counts = {str(name): it.active_after + it.others for name, it in change_set.counts.items()}
    Roster.objects.update_or_create(
        district_id=publish.district_id,
        defaults={
            "change_number": publish.number,
            "published_run": publish.run_number,
            "published_at": publish.moment,
            "counts": {**counts, **_count_kinds(change_set), "sources": 1 + change_set.has_others},
            "baseline_change_number": (roster.baseline_change_number if roster else publish.number),
        },
    )


def _count_kinds(change_set: ChangeSet) -> dict[str, int]:
    """Count schools, students, teachers and contacts of the roster to be."""
    with change_set.workspace.connect() as database:
        roles = _count_by(database, Resource.USERS, "role")
        types = _count_by(database, Resource.ORGS, "type")
    return {
        "schools": types.get("school", 0),
        "parents": sum(roles.get(role, 0) for role in _CONTACTS),
        **{kind: roles.get(role, 0) for role, kind in _ROLES.items()},
    }


def _count_by(
    database: duckdb.DuckDBPyConnection, resource: Resource, field: str
) -> dict[str, int]:
    return dict(
        database.execute(
            f'select "{field}", count(*) from (select "{field}" from "next_{resource}" union all '
            f'select "{field}" from "others_{resource}") group by all'
        ).fetchall()
    )
