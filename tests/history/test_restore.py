"""Any published run comes back, whole or for one school, as a new run through the guard."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.history.past import approve, go_on, renamed, restore
from tests.packages import (
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    USERS,
    Package,
    small_district,
)
from tests.rosters import deliver, expected_roster, faults_of, receive, records_of, roster_of

FULL = small_district(students=8)


def without_students(package: Package, *numbers: int) -> Package:
    """Return the package without students, with nothing of theirs left."""
    other = package.copy()
    for number in numbers:
        student, parent = f"stu-{number}", f"par-{number}"
        other.drop(USERS, student, parent)
        other.drop(DEMOGRAPHICS, student)
        gone = [it["sourcedId"] for it in other.rows[ENROLLMENTS] if it["userSourcedId"] == student]
        other.drop(ENROLLMENTS, *gone)
    return other


def test_a_restore_brings_back_who_left_with_the_same_uid(district: Any, person: Any) -> None:
    from tests.rosters import records_of

    first = deliver(district, FULL)
    uid = records_of(district.pk, USERS)["stu-1"]["uid"]
    deliver(district, without_students(FULL, 1))
    assert "stu-1" not in records_of(district.pk, USERS)
    (run,) = restore(first)
    assert run.state == "published"
    assert roster_of(district.pk) == expected_roster(FULL)
    assert records_of(district.pk, USERS)["stu-1"]["uid"] == uid
    assert faults_of(district.pk) == []


def test_a_restore_that_removes_much_is_held(district: Any, person: Any) -> None:
    first = deliver(district, small_district(students=2))
    deliver(district, small_district(students=40))
    (run,) = restore(first)
    assert run.state == "held"
    assert roster_of(district.pk) == expected_roster(small_district(students=40))
    approve(run, person)
    assert run.state == "published"
    assert roster_of(district.pk) == expected_roster(small_district(students=2))
    assert faults_of(district.pk) == []


def test_a_restore_leaves_a_held_delivery_and_an_exception_for_the_next_one(
    district: Any, person: Any
) -> None:
    from rollbook.policies.models import GuardOverride
    from rollbook.policies.setting import allow_once

    first = deliver(district, small_district(students=40))
    deliver(district, renamed(small_district(students=40), stu_1="Bo"))
    held = deliver(district, small_district(students=2))
    rules = {"district": {"removals": {"percent": 60}}}
    allow_once(district, rules, reason="Many have moved away.", acting_user=person)
    (run,) = restore(first)
    assert run.state == "published"
    held.refresh_from_db()
    assert held.state == "held"
    assert GuardOverride.objects.get().run_number is None


@pytest.mark.parametrize("seed", range(3))
def test_restoring_a_run_gives_its_roster_whatever_came_after(
    district: Any, person: Any, seed: int
) -> None:
    chance = random.Random(seed)
    runs: list[tuple[Any, Any]] = []
    for _ in range(4):
        package = small_district(students=chance.randint(4, 12))
        package = renamed(package, stu_1=chance.choice(["Ann", "Bo"]))
        package = without_students(package, *chance.sample([2, 3, 4], k=chance.randint(0, 2)))
        run = deliver(district, package)
        if run.state == "held":
            approve(run, person)
        if run.state == "published":
            runs.append((run, expected_roster(package)))
    *earlier, _ = runs
    for run, roster in chance.sample(earlier, k=len(earlier)):
        for it in restore(run, person=person):
            assert it.state in ("published", "unchanged")
        assert roster_of(district.pk) == roster
        assert faults_of(district.pk) == []


def test_one_school_comes_back_and_the_other_stays(district: Any, person: Any) -> None:
    """Students with even numbers are at sch-1, the others at sch-2, and parents at both."""
    first = deliver(district, FULL)
    later = renamed(without_students(FULL, 2, 3), stu_4="Now", stu_5="Now", par_1="Now")
    later.row(CLASSES, "cls-11")["title"] = "Now"
    later.row(CLASSES, "cls-21")["title"] = "Now"
    assert deliver(district, later).state == "published"
    (run,) = restore(first, school="sch-1", person=person)
    assert run.state == "published"
    wanted = without_students(FULL, 3)
    wanted = renamed(wanted, stu_5="Now", par_1="Now")
    parent = dict(FULL.row(USERS, "par-3"))  # had a place at the school; the child did not
    parent["agentSourcedIds"] = ""
    wanted.add(USERS, **parent)
    wanted.row(CLASSES, "cls-21")["title"] = "Now"
    assert roster_of(district.pk) == expected_roster(wanted)
    assert faults_of(district.pk) == []


def test_a_school_that_never_was_cannot_be_restored(district: Any) -> None:
    from rollbook.history.errors import HistoryError
    from rollbook.history.restores import restore_run
    from rollbook.runs.models import SyncRun

    first = deliver(district, FULL)
    deliver(district, renamed(FULL, stu_4="Now"))
    with pytest.raises(HistoryError, match="has and had no school 'sch-9'"):
        restore_run(first, school="sch-9", acting_user=None, reason="A typing error.")
    assert SyncRun.objects.filter(district=district).count() == 2


def test_a_school_that_is_gone_can_be_restored(district: Any, person: Any) -> None:
    from rollbook.runs.models import SyncRun

    first = deliver(district, FULL)
    run = deliver(district, without_school(FULL))
    approve(run, person)
    assert "sch-2" not in records_of(district.pk, ORGS)
    restore(SyncRun.objects.get(pk=first.pk), school="sch-2", person=person)
    assert "sch-2" in records_of(district.pk, ORGS)
    assert faults_of(district.pk) == []


def without_school(package: Package) -> Package:
    """Return the package without the second school and all that is there."""
    other = package.copy()
    for resource, rows in other.rows.items():
        for row in list(rows):
            if "sch-2" in (row["sourcedId"], row.get("orgSourcedIds"), row.get("schoolSourcedId")):
                other.drop(resource, row["sourcedId"])
            elif "sch-2" in row.get("orgSourcedIds", ""):
                row["orgSourcedIds"] = "sch-1"
    kept = {row["sourcedId"] for row in other.rows[USERS]}
    for resource, link in ((ENROLLMENTS, "userSourcedId"), (DEMOGRAPHICS, "sourcedId")):
        gone = [row["sourcedId"] for row in other.rows[resource] if row[link] not in kept]
        other.drop(resource, *gone)
    return other


def test_what_is_published_cannot_be_restored(district: Any) -> None:
    from rollbook.history.errors import HistoryError, SnapshotGoneError
    from rollbook.history.restores import restore_run

    first = deliver(district, FULL)
    with pytest.raises(HistoryError, match="is what is published now"):
        restore_run(first, acting_user=None, reason="")
    unchanged = deliver(district, FULL)
    with pytest.raises(SnapshotGoneError):
        restore_run(unchanged, acting_user=None, reason="")


def test_changes_alone_do_not_follow_a_restore(district: Any, person: Any) -> None:
    first = deliver(district, FULL)
    deliver(district, renamed(FULL, stu_1="Now"))
    restore(first)
    delta = renamed(FULL, stu_2="Delta")
    delta.manifest = {f"file.{USERS}": "delta"}
    for row in delta.rows[USERS]:
        row |= {"status": "active", "dateLastModified": "2026-09-01T00:00:00.000Z"}
    run = deliver(district, delta)
    assert run.state == "failed"
    assert run.reasons[0]["code"] == "run.delta_out_of_order"


def test_a_newer_delivery_after_a_restore_is_what_counts(district: Any, person: Any) -> None:
    first = deliver(district, FULL)
    later = renamed(FULL, stu_1="Now")
    deliver(district, later)
    restore(first)
    assert deliver(district, later).state == "published"
    assert roster_of(district.pk) == expected_roster(later)


def test_a_restore_asked_for_twice_changes_nothing_the_second_time(
    district: Any, person: Any
) -> None:
    from rollbook.history.restores import restore_run

    first = deliver(district, FULL)
    deliver(district, renamed(FULL, stu_1="Now"))
    one = restore_run(first, acting_user=person, reason="Twice.")[0]
    two = restore_run(first, acting_user=person, reason="Twice.")[0]
    assert [go_on(one).state, go_on(two).state] == ["published", "unchanged"]
    assert receive(district, FULL).number == two.number + 1
