"""F6: a student moves, and is removed at one school before the other has them: nothing is lost.

Source: failures.md F6; a removal is decided over the whole district, and may have days of grace.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.naive.playing import set_grace_days
from tests.packages import (
    CLASSES,
    COURSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    USERS,
    Package,
    small_district,
)
from tests.rosters import (
    deliver,
    expected_roster,
    faults_of,
    records_of,
    roster_of,
    session,
)

FIRST_DAY = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)


def transferred() -> Package:
    """Return the small district after stu-1 moved from sch-2 to sch-1, with other classes."""
    package = gone()
    home = small_district()
    package.rows[USERS].append({**home.row(USERS, "stu-1"), "orgSourcedIds": "sch-1"})
    package.rows[DEMOGRAPHICS].append(home.row(DEMOGRAPHICS, "stu-1"))
    package.row(USERS, "par-1")["agentSourcedIds"] = "stu-1"
    package.add(
        ENROLLMENTS,
        sourcedId="stu-1-cls-11",
        classSourcedId="cls-11",
        schoolSourcedId="sch-1",
        userSourcedId="stu-1",
        role="student",
    )
    return package


def gone() -> Package:
    """Return the small district after stu-1 left, and before anybody else has them."""
    package = small_district()
    package.drop(USERS, "stu-1")
    package.drop(DEMOGRAPHICS, "stu-1")
    package.drop(ENROLLMENTS, "stu-1-cls-21", "stu-1-cls-22")
    package.row(USERS, "par-1")["agentSourcedIds"] = ""
    return package


def tombstones(district: Any) -> set[tuple[str, str]]:
    rows = session().execute(
        "select resource, served_id from roster_tombstone where district_id = %s", [district.pk]
    )
    return {*rows.fetchall()}


def on_day(day: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: FIRST_DAY + timedelta(days=day))


def test_f06_transfer_in_one_delivery_is_an_update(district: Any) -> None:
    deliver(district, small_district())
    uid = records_of(district.pk, USERS)["stu-1"]["uid"]
    run = deliver(district, transferred())
    assert run.state == "published"
    assert run.counts["users"]["abandon"] == 0
    assert records_of(district.pk, USERS)["stu-1"]["uid"] == uid
    assert roster_of(district.pk) == expected_roster(transferred())
    assert tombstones(district) == {
        ("enrollments", "stu-1-cls-21"),
        ("enrollments", "stu-1-cls-22"),
    }
    assert faults_of(district.pk) == []


def test_f06_gap_between_two_schools_is_bridged_by_grace(
    district: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_grace_days(district, 3)
    on_day(0, monkeypatch)
    deliver(district, small_district())
    before = {it: records_of(district.pk, it) for it in (USERS, ENROLLMENTS, DEMOGRAPHICS)}
    for day in (1, 3):  # missing since day 1
        on_day(day, monkeypatch)
        deliver(district, gone())
        for resource, records in before.items():
            mine = {it: one for it, one in records.items() if "stu-1" in it}
            now = records_of(district.pk, resource)
            assert {it: now.get(it) for it in mine} == mine, day
        assert tombstones(district) == set()
    on_day(3, monkeypatch)
    run = deliver(district, transferred())
    assert run.counts["users"].get("create", 0) == run.counts["users"].get("abandon", 0) == 0
    assert records_of(district.pk, USERS)["stu-1"]["uid"] == before[USERS]["stu-1"]["uid"]
    assert roster_of(district.pk) == expected_roster(transferred())
    assert faults_of(district.pk) == []


def test_f06_who_does_not_come_back_within_the_days_of_grace_is_removed(
    district: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_grace_days(district, 3)
    on_day(0, monkeypatch)
    deliver(district, small_district())
    for day in (1, 3, 4):
        assert tombstones(district) == set()
        on_day(day, monkeypatch)
        deliver(district, gone())
    assert ("users", "stu-1") in tombstones(district)
    assert roster_of(district.pk) == expected_roster(gone())


def test_f06_days_of_grace_begin_anew_with_each_absence(
    district: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_grace_days(district, 3)
    for day, package in enumerate([small_district(), gone(), small_district(), gone(), gone()]):
        on_day(day, monkeypatch)
        deliver(district, package)
    assert tombstones(district) == set()


def test_f06_without_grace_a_student_returns_as_the_same_one(district: Any) -> None:
    deliver(district, small_district())
    uid = records_of(district.pk, USERS)["stu-1"]["uid"]
    deliver(district, gone())
    assert ("users", "stu-1") in tombstones(district)
    deliver(district, transferred())
    assert records_of(district.pk, USERS)["stu-1"]["uid"] == uid
    assert roster_of(district.pk) == expected_roster(transferred())
    assert ("users", "stu-1") not in tombstones(district)
    assert faults_of(district.pk) == []


def one_school(number: int) -> Package:
    """Return the half of the small district that one school's own system knows."""
    package = small_district()
    school, course = f"sch-{number}", f"crs-{number}"
    package.rows[ORGS] = [it for it in package.rows[ORGS] if it["sourcedId"] in ("d-1", school)]
    for resource, name in (
        (CLASSES, "schoolSourcedId"),
        (ENROLLMENTS, "schoolSourcedId"),
        (USERS, "orgSourcedIds"),
    ):
        package.rows[resource] = [it for it in package.rows[resource] if school in it[name]]
    for row in package.rows[USERS]:
        row["orgSourcedIds"] = school
    users = {row["sourcedId"] for row in package.rows[USERS]}
    for row in package.rows[USERS]:
        agents = row.get("agentSourcedIds", "").split(",")
        row["agentSourcedIds"] = ",".join(it for it in agents if it in users)
    package.rows[DEMOGRAPHICS] = [
        it for it in package.rows[DEMOGRAPHICS] if it["sourcedId"] in users
    ]
    package.rows[COURSES] = [{**package.row(COURSES, course), "orgSourcedId": school}]
    return package


def test_f06_removal_at_one_source_leaves_the_student_of_another(
    district: Any, django_user_model: Any
) -> None:
    """Each school has a system of its own; the move is told by one before the other."""
    from rollbook.sources.setup import add_source

    add_source(
        district,
        "North High",
        owns=(),
        schools=("sch-2",),
        acting_user=django_user_model.objects.create(username="owner"),
    )
    deliver(district, one_school(1))
    assert deliver(district, one_school(2), source_number=2).state == "published"
    before = records_of(district.pk, USERS)
    leaves = one_school(2)
    leaves.drop(USERS, "stu-1")
    leaves.drop(DEMOGRAPHICS, "stu-1")
    leaves.drop(ENROLLMENTS, "stu-1-cls-21", "stu-1-cls-22")
    comes = one_school(1)
    comes.rows[USERS].append({**small_district().row(USERS, "stu-1"), "orgSourcedIds": "sch-1"})
    deliver(district, comes)
    there = [it for it in records_of(district.pk, USERS).values() if it["sourced_id"] == "stu-1"]
    assert len(there) == 2  # for a night the student is at both schools
    deliver(district, leaves, source_number=2)
    users = records_of(district.pk, USERS)
    [there] = [it for it in users.values() if it["sourced_id"] == "stu-1"]
    assert there["orgSourcedIds"] == ["sch-1"]
    assert {it: one["uid"] for it, one in users.items() if it in before} == {
        it: one["uid"] for it, one in before.items() if it != "stu-1"
    }
    assert faults_of(district.pk) == []
