"""Take a person out of PostgreSQL: roster, tombstones, findings, changes and everything beside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from psycopg import Cursor
from psycopg.types.json import Jsonb

from rollbook.history.erase_reasons import ErasedRecord, forget_in_reasons
from rollbook.history.erase_snapshots import Dependants
from rollbook.history.subject import Subject
from rollbook.oneroster import RESOURCES, Resource
from rollbook.roster.connection import open_cursor
from rollbook.roster.tables import table_of
from rollbook.sqlfiles import read_sql

_HERE = "rollbook.history"
_APPLY = "rollbook.apply"
_BELONGS = {
    Resource.USERS: "served_id",
    Resource.DEMOGRAPHICS: "served_id",
    Resource.ENROLLMENTS: "user_served_id",
    Resource.ROLES: "user_served_id",
    Resource.USER_PROFILES: "user_served_id",
}
_FORGETTING = ("findings", "changes", "linked_changes", "pairs", "stale_records")

Removed = dict[str, int]


def erase_from_roster(
    district_id: int, subject: Subject, *, erasure: int, change_number: int, moment: datetime
) -> Removed:
    """Remove the person and what hangs on one, under a change number; applications learn the ids.

    Tombstones keep nothing but what tells an application which record is gone, and say of which
    erasure they are; retention removes them once the applications have had their time.
    """
    removed: Removed = {}
    names: dict[str, object] = {
        "district": district_id,
        "number": change_number,
        "moment": moment,
        "served": [*subject.served],
    }
    with open_cursor() as cursor:
        for resource in RESOURCES:
            if resource in _BELONGS:
                names["resource"] = str(resource)
                removed[str(resource)] = _remove(cursor, resource, names)
                _empty_tombstones(cursor, resource, {**names, "erasure": erasure})
        cursor.execute(read_sql(_HERE, "forget_places_of_person"), names)
        removed["links"] = _unlink(cursor, {**names, "resource": "users"})
        _blank_metadata(cursor, {"district": district_id, "pattern": subject.pattern})
    return removed


def erase_from_history(
    district_id: int, subject: Subject, dependants: Dependants, *, moved: Mapping[str, str]
) -> Removed:
    """Remove what runs left about the person, and let their snapshots name the rewritten files."""
    removed: Removed = {}
    erased = erased_records(subject, dependants)
    removed["reasons"] = forget_in_reasons(district_id, erased)
    with open_cursor() as cursor:
        cursor.execute(read_sql(_HERE, "make_erased_records"))
        cursor.executemany("insert into erased_record values (%s, %s, %s)", sorted(erased))
        cursor.execute("analyze erased_record")
        for name in _FORGETTING:
            cursor.execute(
                read_sql(_HERE, f"forget_{name}"),
                {
                    "district": district_id,
                    "served": [*subject.served],
                    "ids": [*subject.every_id],
                    "pattern": subject.pattern,
                },
            )
            removed[name] = cursor.rowcount
        cursor.execute("drop table erased_record")
        if moved:
            cursor.execute(
                read_sql(_HERE, "move_snapshots"),
                {"district": district_id, "moved": Jsonb(dict(moved))},
            )
    return removed


def erased_records(subject: Subject, dependants: Dependants) -> set[ErasedRecord]:
    """Return all records that go with the person."""
    own = {
        (source, str(resource), identifier)
        for source, ids in subject.ids.items()
        for identifier in ids
        for resource in (Resource.USERS, Resource.DEMOGRAPHICS)
    }
    return own | {
        (source, resource, identifier)
        for (source, resource), ids in dependants.ids.items()
        for identifier in ids
    }


def _remove(cursor: Cursor, resource: Resource, names: Mapping[str, object]) -> int:
    """Write the change log and the tombstones as any publish does."""
    cursor.execute(read_sql(_APPLY, "make_ids", name="incoming"))
    cursor.execute(read_sql(_APPLY, "make_ids", name="gone"))
    cursor.execute(
        f"insert into gone select served_id from {table_of(resource)} "
        f"where district_id = %(district)s and {_BELONGS[resource]} = any(%(served)s)",
        names,
    )
    cursor.execute(read_sql(_APPLY, "log_changes", table=table_of(resource)), names)
    cursor.execute(read_sql(_APPLY, "remove", table=table_of(resource)), names)
    removed = cursor.rowcount
    cursor.execute("drop table incoming, gone")
    return removed


def _empty_tombstones(cursor: Cursor, resource: Resource, names: Mapping[str, object]) -> None:
    cursor.execute(
        read_sql(
            _HERE,
            "empty_tombstones_of_person",
            belongs=f"tombstone.record ->> '{_BELONGS[resource]}'"
            if _BELONGS[resource] != "served_id"
            else "tombstone.served_id",
        ),
        names,
    )


def _unlink(cursor: Cursor, names: Mapping[str, object]) -> int:
    """Take the person out of other people's agents: a change of theirs like any other."""
    cursor.execute(read_sql(_APPLY, "make_ids", name="incoming"))
    cursor.execute(read_sql(_APPLY, "make_ids", name="gone"))
    cursor.execute(
        "insert into incoming select served_id from roster_user "
        "where district_id = %(district)s and agent_served_ids && %(served)s::text []",
        names,
    )
    cursor.execute(read_sql(_APPLY, "log_changes", table=table_of(Resource.USERS)), names)
    cursor.execute(read_sql(_HERE, "unlink_person"), names)
    unlinked = cursor.rowcount
    cursor.execute(read_sql(_HERE, "unlink_person_in_tombstones"), names)
    cursor.execute("drop table incoming, gone")
    return unlinked


def _blank_metadata(cursor: Cursor, names: Mapping[str, object]) -> None:
    for resource in RESOURCES:
        cursor.execute(read_sql(_HERE, "blank_metadata", table=table_of(resource)), names)
