"""A run that would remove too much waits for a person."""

from __future__ import annotations

from typing import Any

import pytest
from tests.packages import ENROLLMENTS, USERS, Package, small_district
from tests.rosters import deliver, expected_roster, faults_of, receive, roster_of

STUDENTS = 8  # two enrollments each; beyond ten removals the share counts


def district_without(*students: int, name: str = "Zoë") -> Package:
    package = small_district(students=STUDENTS)
    package.row(USERS, "tch-1")["givenName"] = name
    for number in students:
        gone = [
            row["sourcedId"]
            for row in package.rows[ENROLLMENTS]
            if row["userSourcedId"] == f"stu-{number}"
        ]
        package.drop(ENROLLMENTS, *gone)
    return package


ALL = district_without()
FEW = district_without(1, 2, 3, 4, 5, 6)  # 12 of 20 enrollments go


@pytest.fixture
def person(db: None) -> Any:
    from django.contrib.auth.models import User

    return User.objects.create(username="dana", email="dana@oak.example")


@pytest.fixture
def held(district: Any, person: Any) -> Any:
    deliver(district, ALL)
    return deliver(district, FEW)


def go_on(run: Any) -> Any:
    from rollbook import pipeline

    pipeline.run_sync(run.district_id, run.number)
    run.refresh_from_db()
    return run


def approve(run: Any, person: Any, *, digest: str | None = None) -> None:
    from rollbook.runs.decisions import approve_run

    digest = run.digest if digest is None else digest
    approve_run(run, digest=digest, reason="They left.", acting_user=person)
    run.refresh_from_db()


def test_nothing_of_a_held_run_is_published(district: Any, held: Any) -> None:
    assert held.state == "held"
    assert [reason["code"] for reason in held.reasons] == ["enrollments.removals.too_many"]
    assert "12 of 20 enrollments (60%)" in held.reasons[0]["sentence"]
    assert roster_of(district.pk) == expected_roster(ALL)
    assert go_on(held).state == "held"  # calling again changes nothing


def test_approved_run_is_published(district: Any, held: Any, person: Any) -> None:
    approve(held, person)
    assert go_on(held).state == "published"
    assert [reason["code"] for reason in held.reasons] == ["enrollments.removals.too_many"]
    assert (held.decided_by, held.decision_reason) == (person, "They left.")
    assert roster_of(district.pk) == expected_roster(FEW)
    assert faults_of(district.pk) == []


def test_approval_queues_the_run(held: Any, person: Any) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    before = ProcrastinateJob.objects.count()
    approve(held, person)
    job = ProcrastinateJob.objects.order_by("-id")[0]
    assert ProcrastinateJob.objects.count() == before + 1
    assert job.lock == f"district:{held.district_id}"
    assert job.args == {"district_id": held.district_id, "run_number": held.number}


def test_approval_of_another_change_set_is_refused(held: Any, person: Any) -> None:
    from rollbook.runs.errors import DecisionRefusedError

    with pytest.raises(DecisionRefusedError):
        approve(held, person, digest="0" * 64)
    held.refresh_from_db()
    assert (held.state, held.approved_digest) == ("held", "")


@pytest.mark.parametrize("first", ["approve", "discard"])
@pytest.mark.parametrize("second", ["approve", "discard"])
def test_of_two_decisions_the_first_counts(first: str, second: str, held: Any, person: Any) -> None:
    from rollbook.runs.decisions import discard_run
    from rollbook.runs.errors import DecisionRefusedError

    decide = {
        "approve": lambda: approve(held, person),
        "discard": lambda: discard_run(held, reason="Wrong export.", acting_user=person),
    }
    decide[first]()
    with pytest.raises(DecisionRefusedError):
        decide[second]()


@pytest.mark.parametrize("is_approved", [False, True])
@pytest.mark.parametrize("newer", [district_without(7), ALL], ids=["changes", "no changes"])
def test_newer_delivery_takes_the_place_of_a_held_run(
    newer: Package, is_approved: bool, district: Any, held: Any, person: Any
) -> None:
    """Approved late, the older delivery would bring back what is past."""
    if is_approved:
        approve(held, person)
    deliver(district, newer)
    assert go_on(held).state == "discarded"
    assert [reason["code"] for reason in held.reasons] == ["run.superseded"]
    assert roster_of(district.pk) == expected_roster(newer)


def test_approval_of_what_is_not_there_any_more_does_not_count(
    district: Any, held: Any, person: Any
) -> None:
    approve(held, person)
    held.approved_digest = "0" * 64
    held.save(update_fields=["approved_digest"])
    assert go_on(held).state == "held"
    assert "run.moved" in [reason["code"] for reason in held.reasons]
    assert held.approved_digest == ""
    approve(held, person)  # having seen what would happen now
    assert go_on(held).state == "published"


def test_discarded_run_is_over(district: Any, held: Any, person: Any) -> None:
    from rollbook.runs.decisions import discard_run

    discard_run(held, reason="Wrong export.", acting_user=person)
    assert go_on(held).state == "discarded"
    assert held.finished_at
    assert (held.decided_by, held.decision_reason) == (person, "Wrong export.")
    assert roster_of(district.pk) == expected_roster(ALL)


def test_run_that_nobody_holds_cannot_be_decided(district: Any, person: Any) -> None:
    from rollbook.runs.errors import DecisionRefusedError

    run = receive(district, ALL)
    with pytest.raises(DecisionRefusedError):
        approve(run, person)
