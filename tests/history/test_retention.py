"""What has aged goes; what is published, shared or needed stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.history.past import approve, go_on, renamed, restore
from tests.history.test_restore import without_students
from tests.packages import USERS, small_district
from tests.rosters import (
    decide_pairs,
    deliver,
    expected_roster,
    faults_of,
    receive,
    records_of,
    roster_of,
)

FULL = small_district(students=5)
NOW = datetime(2026, 12, 31, 12, tzinfo=UTC)


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def test_snapshots_thin_out_with_age() -> None:
    from rollbook.history.policy import KeptRun, RetentionPolicy, choose_kept

    policy = RetentionPolicy(snapshots_days=30, weekly_days=365)
    runs = [KeptRun(number, days_ago(800 - number)) for number in range(801)]
    kept = choose_kept(runs, policy=policy, now=NOW)
    for number in range(770, 801):
        assert number in kept
    weekly = [it for it in kept if 435 <= it < 770]
    monthly = [it for it in kept if it < 435]
    assert 47 <= len(weekly) <= 49
    assert 14 <= len(monthly) <= 16
    needed = [KeptRun(it.number, it.finished_at, is_needed=it.number == 3) for it in runs]
    assert choose_kept(needed, policy=policy, now=NOW) == kept | {3}
    for_ever = RetentionPolicy(snapshots_days=0)
    assert choose_kept(runs, policy=for_ever, now=NOW) == {*range(801)}
    # Asked again after a pass, the same ones stay.
    assert choose_kept([it for it in runs if it.number in kept], policy=policy, now=NOW) == kept


def age(district: Any, *, days: int) -> None:
    """Let all that has happened have happened so many days ago."""
    from django.db.models import F

    from rollbook.roster.models import Tombstone
    from rollbook.runs.models import SyncRun
    from rollbook.sources.models import Delivery

    past = timedelta(days=days)
    SyncRun.objects.filter(district=district).update(
        created_at=F("created_at") - past, finished_at=F("finished_at") - past
    )
    Delivery.objects.filter(district=district).update(received_at=F("received_at") - past)
    Tombstone.objects.filter(district=district).update(removed_at=F("removed_at") - past)


def retain(district: Any, *, is_dry_run: bool = False, **policy: int) -> dict[str, int]:
    from django.utils import timezone

    from rollbook.history.policy import RetentionPolicy
    from rollbook.history.retention import retain

    done = retain(
        district, policy=RetentionPolicy(**policy), now=timezone.now(), is_dry_run=is_dry_run
    )
    return {name: amount for name, amount in done.counts.items() if amount}


def stored(district: Any) -> set[str]:
    from django.core.files.storage import default_storage

    base = Path(default_storage.path(""))
    return {
        str(path.relative_to(base))
        for kind in ("snapshots", "deliveries")
        for path in (base / kind / str(district.pk)).rglob("*")
        if path.is_file()
    }


def test_a_kept_run_can_be_restored_although_others_went(district: Any, person: Any) -> None:
    """Runs share files: what an older run wrote may be what is published."""
    from rollbook.runs.models import SyncRun

    packages = [FULL, renamed(FULL, stu_1="Two"), renamed(FULL, stu_1="Three")]
    runs = [deliver(district, package) for package in packages]
    age(district, days=1000)
    fourth = deliver(district, renamed(FULL, stu_1="Four"))
    fifth = deliver(district, renamed(FULL, stu_1="Five"))
    dry = retain(district, is_dry_run=True)
    assert dry["snapshots"] == 2
    assert all(SyncRun.objects.get(pk=run.pk).snapshot for run in runs)
    before = stored(district)
    done = retain(district)
    assert done == dry
    assert len(before - stored(district)) == done["files"]
    kept = SyncRun.objects.exclude(snapshot={}).order_by("number")
    assert [run.number for run in kept] == [runs[2].number, fourth.number, fifth.number]
    restore(fourth, person=person)
    assert roster_of(district.pk) == expected_roster(renamed(FULL, stu_1="Four"))
    restore(runs[2], person=person)
    assert roster_of(district.pk) == expected_roster(packages[2])
    assert faults_of(district.pk) == []
    assert retain(district) == {}


def test_what_is_published_stays_however_old(district: Any) -> None:
    deliver(district, FULL)
    age(district, days=5000)
    retain(district)
    assert deliver(district, renamed(FULL, stu_1="New")).state == "published"
    assert roster_of(district.pk) == expected_roster(renamed(FULL, stu_1="New"))


def test_what_an_open_run_refers_to_stays(district: Any, person: Any) -> None:

    from rollbook.history.restores import restore_run

    first = deliver(district, FULL)
    deliver(district, renamed(FULL, stu_1="Two"))
    deliver(district, renamed(FULL, stu_1="Three"))
    (waiting,) = restore_run(first, acting_user=person, reason="Later.")
    received = receive(district, FULL)
    age(district, days=1000)
    retain(district)
    assert go_on(waiting).state == "published"
    assert roster_of(district.pk) == expected_roster(FULL)
    assert go_on(received).state == "unchanged"


def test_old_deliveries_and_details_end(district: Any) -> None:
    from rollbook.runs.models import Finding, RecordChange, SyncRun
    from rollbook.sources.models import Delivery

    broken = FULL.copy()
    broken.row(USERS, "stu-2")["enabledUser"] = "maybe"
    deliver(district, broken)
    deliver(district, renamed(FULL, stu_1="Two"))
    assert Finding.objects.exists()
    age(district, days=400)
    done = retain(district)
    assert done["deliveries"] == 2
    assert not Finding.objects.exists()
    assert not RecordChange.objects.exists()
    assert {it.stored_as for it in Delivery.objects.all()} == {""}
    assert not [key for key in stored(district) if key.startswith("deliveries")]
    assert SyncRun.objects.get(number=1).finding_counts


def test_decided_ids_end_with_the_details_of_their_run(district: Any, person: Any) -> None:
    from rollbook.runs.models import IdentityPair

    deliver(district, FULL)
    other = FULL.copy()
    other.rename(USERS, "stu-1", "p-1")
    other.rename(USERS, "stu-2", "p-2")
    deliver(district, other)
    pairs = IdentityPair.objects.filter(district=district)
    run = decide_pairs(
        district.pk,
        list(pairs.filter(was="stu-1")),
        verdict="same",
        reason="New system.",
        acting_user=person,
    )
    assert go_on(run).state == "held"  # two ids of another shape are drift
    assert approve(run, person).state == "published"
    assert "decided ids" not in retain(district)
    age(district, days=400)
    assert retain(district)["decided ids"] == 1
    assert [it.was for it in pairs.all()] == ["stu-2"]


def test_tombstones_keep_ids_and_a_person_who_returns_has_the_old_uid(
    district: Any, connection: Any
) -> None:
    from rollbook.roster.models import Tombstone

    deliver(district, FULL)
    uid = records_of(district.pk, USERS)["stu-1"]["uid"]
    deliver(district, without_students(FULL, 1))
    age(district, days=400)
    assert retain(district)["tombstones"] == 5
    record = Tombstone.objects.get(resource="users", served_id="stu-1").record
    assert {*record} == {"served_id", "sourced_id", "uid", "role", "is_emptied"}
    deliver(district, FULL)
    assert records_of(district.pk, USERS)["stu-1"]["uid"] == uid
    assert roster_of(district.pk) == expected_roster(FULL)
    assert faults_of(district.pk) == []


def test_the_last_ids_of_an_erased_person_go_after_their_time(
    district: Any, connection: Any
) -> None:
    from tests.history.test_erasure import erase, mentions, table_texts

    from rollbook.history.models import Erasure

    package = renamed(FULL)
    package.row(USERS, "stu-3")["sourcedId"] = "zq-vex-77"
    for rows in package.rows.values():
        for row in rows:
            for name, value in row.items():
                if value == "stu-3":
                    row[name] = "zq-vex-77"
    deliver(district, package)
    erase(district, "zq-vex-77")
    assert mentions(table_texts(), words=("zq-vex-77",))
    Erasure.objects.update(done_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert retain(district)["notices"] == 4
    assert mentions(table_texts(), words=("zq-vex-77",)) == set()
    assert faults_of(district.pk) == []


def test_files_that_nothing_names_are_swept_once_they_are_old(district: Any) -> None:
    import os

    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    deliver(district, FULL)
    key = default_storage.save(f"snapshots/{district.pk}/9/lost.parquet", ContentFile(b"x"))
    assert retain(district) == {}
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    os.utime(default_storage.path(key), (long_ago, long_ago))
    assert retain(district) == {"orphans": 1}
    assert deliver(district, renamed(FULL, stu_1="Two")).state == "published"


def test_every_number_of_the_policy_has_a_setting() -> None:
    from dataclasses import asdict

    from django.conf import settings

    from rollbook.history.policy import RetentionPolicy, policy_of_installation

    assert {*settings.ROLLBOOK_RETENTION} == {*asdict(RetentionPolicy())}
    assert policy_of_installation() == RetentionPolicy()


@pytest.mark.parametrize("name", ["let_go_what_has_aged"])
def test_it_happens_every_night(name: str) -> None:
    from procrastinate.contrib.django import app

    from rollbook.processes import upkeep

    tasks = [it.task for it in app.periodic_registry.periodic_tasks.values()]
    assert getattr(upkeep, name) in tasks
