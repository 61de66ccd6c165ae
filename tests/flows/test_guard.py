"""What the guard holds, from files to the roster; and what people do about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.packages import (
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    SESSIONS,
    USERS,
    Package,
    small_district,
)
from tests.rosters import deliver, expected_roster, faults_of, roster_of

STUDENTS = 24
HALF = tuple(f"{who}-{number}" for who in ("stu", "par") for number in range(1, 13))


def district_of(*, without: tuple[str, ...] = (), students: int = STUDENTS) -> Package:
    """Return the district without some students, their demographics and their places."""
    package = small_district(students=students)
    package.drop(USERS, *without)
    package.drop(DEMOGRAPHICS, *without)
    gone = [it["sourcedId"] for it in package.rows[ENROLLMENTS] if it["userSourcedId"] in without]
    package.drop(ENROLLMENTS, *gone)
    for row in package.rows[USERS]:
        if row.get("agentSourcedIds") in without:
            row["agentSourcedIds"] = ""
    return package


ALL = district_of()
REDUCED = district_of(without=HALF)


@pytest.fixture
def dana(district: Any) -> Any:
    return somebody(district, "dana")


def somebody(district: Any, name: str) -> Any:
    """Return a data manager of the district."""
    from django.contrib.auth.models import User

    from rollbook.districts.models import Membership, Role

    person = User.objects.create(username=name, email=f"{name}@oak.example")
    Membership.objects.create(district=district, person=person, role=Role.DATA_MANAGER)
    return person


def codes_of(run: Any) -> list[str]:
    return [reason["code"] for reason in run.reasons]


def approve(run: Any, person: Any, *, removals_wait: bool = False) -> bool:
    from rollbook.runs.decisions import approve_run

    goes_on = approve_run(
        run,
        digest=run.digest,
        reason="So it is.",
        acting_user=person,
        removals_wait=removals_wait,
    )
    run.refresh_from_db()
    return goes_on


def go_on(run: Any) -> Any:
    from rollbook import pipeline

    pipeline.run_sync(run.district_id, run.number)
    run.refresh_from_db()
    return run


def test_f01_addresses_lost_with_a_mapping_hold(district: Any) -> None:
    package = district_of()
    for row in package.rows[USERS]:
        row["email"] = f"{row['sourcedId']}@oak.example"
    deliver(district, package)
    run = deliver(district, ALL)  # students and parents have no address any more
    assert run.state == "held"
    assert codes_of(run) == ["users.updates.too_many"] * 2 + ["users.email.many_changed"] * 2
    assert [reason["subject"] for reason in run.reasons[2:]] == ["students", "contacts"]
    assert run.reasons[2]["records"]["ids"][:2] == ["stu-1", "stu-10"]
    assert roster_of(district.pk) == expected_roster(package)


def test_f03_next_years_data_holds(district: Any) -> None:
    deliver(district, ALL)
    package = district_of()
    for number in range(1, STUDENTS + 1):
        package.row(USERS, f"stu-{number}")["grades"] = "04"
    for row in package.rows[SESSIONS]:
        row.update(startDate="2027-08-16", endDate="2028-06-02", schoolYear="2028")
    run = deliver(district, package)
    assert run.state == "held"
    sentences = {reason["code"]: reason["sentence"] for reason in run.reasons}
    assert "24 one grade up" in sentences["users.grades.shifted"]
    assert "3 to a later school year" in sentences["academicSessions.dates.moved_on"]
    assert roster_of(district.pk) == expected_roster(ALL)


def test_f03_empty_schedule_of_one_school_holds(district: Any) -> None:
    deliver(district, ALL)
    package = district_of()
    gone = [row["sourcedId"] for row in package.rows[CLASSES] if row["schoolSourcedId"] == "sch-2"]
    package.drop(CLASSES, *gone)
    places = [it["sourcedId"] for it in package.rows[ENROLLMENTS] if it["classSourcedId"] in gone]
    package.drop(ENROLLMENTS, *places)
    run = deliver(district, package)
    assert run.state == "held"
    assert "orgs.schools.emptied" in codes_of(run)
    assert roster_of(district.pk) == expected_roster(ALL)


def test_f05_partial_file_holds_and_says_how_many_rows_it_has(district: Any) -> None:
    whole = district_of(students=40)
    deliver(district, whole)
    corrected = district_of(students=40)
    few = [row for row in corrected.rows[USERS] if row["role"] != "student"][:8]
    corrected.rows[USERS] = [
        *few,
        *(row for row in corrected.rows[USERS] if row["role"] == "student"),
    ][:12]
    run = deliver(district, corrected)
    assert run.state == "held"
    (collapsed,) = [it for it in run.reasons if it["code"] == "users.drift.rows_collapsed"]
    assert "users.csv (82 → 12)" in collapsed["sentence"]
    assert "users.removals.too_many" in codes_of(run)
    assert roster_of(district.pk) == expected_roster(whole)


def test_f11_raised_limit_counts_for_exactly_one_run(district: Any, dana: Any) -> None:
    from rollbook.policies.models import GuardOverride
    from rollbook.policies.setting import allow_once

    deliver(district, ALL)
    rules = {"district": {"removals": {"percent": 60}}}
    allow_once(district, rules, reason="The lower school closes.", acting_user=dana)
    first = deliver(district, REDUCED)
    assert first.state == "published"
    override = GuardOverride.objects.get(district=district)
    assert (override.run_number, override.author) == (first.number, dana)
    assert first.judgement["override"] == override.number
    rest = district_of(without=(*HALF, *(f"stu-{number}" for number in range(13, 24))))
    second = deliver(district, rest)
    assert second.state == "held"  # by the limit that was there before
    assert second.judgement["override"] is None
    assert roster_of(district.pk) == expected_roster(REDUCED)


def test_exception_that_waits_can_be_withdrawn_once(district: Any, dana: Any) -> None:
    from rollbook.policies.errors import OverrideRefusedError
    from rollbook.policies.setting import allow_once, withdraw_waiting

    deliver(district, ALL)
    rules = {"district": {"removals": {"percent": 60}}}
    allow_once(district, rules, reason="Summer.", acting_user=dana)
    with pytest.raises(OverrideRefusedError):
        allow_once(district, rules, reason="Summer.", acting_user=dana)
    withdraw_waiting(district, source_number=1, acting_user=dana)
    with pytest.raises(OverrideRefusedError):
        withdraw_waiting(district, source_number=1, acting_user=dana)
    assert deliver(district, REDUCED).state == "held"


def test_policy_keeps_what_was_before_who_set_it_and_why(district: Any, dana: Any) -> None:
    from rollbook.guard.errors import PolicyError
    from rollbook.policies.models import GuardPolicy
    from rollbook.policies.setting import set_policy

    first = {"district": {"removals": {"percent": 20}}}
    set_policy(district, first, reason="We are small.", acting_user=dana)
    with pytest.raises(PolicyError):
        set_policy(
            district, {"district": {"removals": {"percent": 95}}}, reason="?", acting_user=dana
        )
    set_policy(
        district, {"district": {"removals": {"percent": 60}}}, reason="Summer.", acting_user=dana
    )
    versions = GuardPolicy.objects.filter(district=district).order_by("number")
    assert [(it.number, it.reason, it.author) for it in versions] == [
        (1, "We are small.", dana),
        (2, "Summer.", dana),
    ]
    assert versions[1].previous == first
    deliver(district, ALL)
    assert deliver(district, REDUCED).state == "published"


def test_removals_wait_when_a_person_says_so(district: Any, dana: Any) -> None:
    deliver(district, ALL)
    package = REDUCED.copy()
    package.row(USERS, "stu-20")["givenName"] = "Zora"
    held = deliver(district, package)
    assert held.state == "held"
    assert approve(held, dana, removals_wait=True)
    assert go_on(held).state == "published"
    expected = expected_roster(ALL)
    expected[USERS]["stu-20"]["givenName"] = "Zora"
    found = roster_of(district.pk)
    assert found[USERS].keys() == expected[USERS].keys()
    assert found[USERS]["stu-20"] == expected[USERS]["stu-20"]
    assert found[ENROLLMENTS] == expected[ENROLLMENTS]
    assert faults_of(district.pk) == []
    again = deliver(district, package)  # the removals are asked about again
    assert again.state == "held"
    assert approve(again, dana)
    assert go_on(again).state == "published"
    assert roster_of(district.pk) == expected_roster(package)


def test_removals_wait_by_themselves_where_the_district_wants_it(district: Any, dana: Any) -> None:
    from rollbook.policies.reading import find_past_runs
    from rollbook.policies.setting import set_policy
    from rollbook.runs.states import words_of

    set_policy(district, {"removals_wait": True}, reason="Nobody is lost.", acting_user=dana)
    deliver(district, ALL)
    package = REDUCED.copy()
    package.row(USERS, "stu-20")["givenName"] = "Zora"
    run = deliver(district, package)
    assert (run.state, run.removals_wait) == ("published", True)
    assert codes_of(run) == ["users.removals.too_many"] * 2  # students and contacts
    assert "removals wait" in words_of(run).label
    found = roster_of(district.pk)
    assert found[USERS]["stu-20"]["givenName"] == "Zora"
    assert "stu-1" in found[USERS]
    assert faults_of(district.pk) == []
    assert [str(it.decision) for it in find_past_runs(district.pk, most=1)] == ["go"]


def test_two_people_decide_when_nearly_everybody_goes(district: Any, dana: Any) -> None:
    from rollbook.runs.errors import DecisionRefusedError
    from rollbook.runs.states import words_of

    ravi = somebody(district, "ravi")
    deliver(district, ALL)
    gone = district_of(without=tuple(f"stu-{number}" for number in range(1, STUDENTS + 1)))
    held = deliver(district, gone)
    assert held.judgement["needs_second"]
    assert not approve(held, dana)
    assert go_on(held).state == "held"
    assert words_of(held).who == "Another owner or data manager of the district"
    with pytest.raises(DecisionRefusedError):
        approve(held, dana)
    assert approve(held, ravi)
    assert go_on(held).state == "published"
    assert (held.first_approved_by, held.decided_by) == (dana, ravi)


def test_one_person_decides_where_only_one_may(district: Any, dana: Any) -> None:
    deliver(district, ALL)
    gone = district_of(without=tuple(f"stu-{number}" for number in range(1, STUDENTS + 1)))
    held = deliver(district, gone)
    assert approve(held, dana)
    assert go_on(held).state == "published"


def test_nobody_can_approve_that_nothing_remains(district: Any, dana: Any) -> None:
    from rollbook.runs.errors import DecisionRefusedError

    deliver(district, ALL)
    package = district_of()
    package.manifest = {f"file.{resource}": "delta" for resource in package.rows}
    for rows in package.rows.values():
        for row in rows:
            row.update(status="tobedeleted", dateLastModified="2026-09-01T00:00:00.000Z")
    run = deliver(district, package)
    assert (run.state, codes_of(run)) == ("failed", ["roster.removals.everything"])
    with pytest.raises(DecisionRefusedError):
        approve(run, dana)
    assert roster_of(district.pk) == expected_roster(ALL)


def test_losing_a_school_holds(district: Any) -> None:
    package = district_of()
    package.add(ORGS, sourcedId="sch-3", name="Oak Annex", type="school", parentSourcedId="d-1")
    for number in range(20):
        name = f"sch-{number + 10}"
        package.add(ORGS, sourcedId=name, name=name, type="school", parentSourcedId="d-1")
    deliver(district, package)
    fewer = package.copy()
    fewer.drop(ORGS, "sch-3")
    run = deliver(district, fewer)
    assert (run.state, codes_of(run)) == ("held", ["orgs.removals.school_lost"])


def test_past_runs_can_be_replayed(district: Any) -> None:
    from rollbook.guard.policy import read_policy
    from rollbook.guard.simulate import simulate
    from rollbook.policies.reading import find_past_runs

    deliver(district, ALL)
    held = deliver(district, REDUCED)
    runs = find_past_runs(district.pk, most=10)
    assert [(run.number, str(run.decision)) for run in runs] == [(1, "go"), (held.number, "hold")]
    looser = read_policy({"district": {"removals": {"percent": 60}}})
    assert [replay.differs for replay in simulate(looser, runs)] == [False, True]


def test_places_go_along_and_hold_no_run_neither_then_nor_after_grace(
    district: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rollbook import pipeline
    from rollbook.sources.models import Source

    day = date(2026, 10, 1)
    monkeypatch.setattr(pipeline, "_today", lambda run: day)
    deliver(district, ALL)
    Source.objects.update(grace_days=3)
    fewer = district_of(without=HALF[:8])  # so few never hold, and have 16 places
    begun = deliver(district, fewer)
    assert (begun.state, begun.reasons) == ("published", [])
    day = date(2026, 10, 4)
    ended = deliver(district, fewer)
    assert (ended.state, ended.reasons) == ("published", [])
    assert ended.counts["enrollments"]["abandon"] == 16
    assert roster_of(district.pk) == expected_roster(fewer)


def test_places_that_go_by_themselves_hold(district: Any) -> None:
    deliver(district, ALL)
    package = district_of()
    gone = [it["sourcedId"] for it in package.rows[ENROLLMENTS] if it["userSourcedId"] in HALF[:8]]
    package.drop(ENROLLMENTS, *gone)
    run = deliver(district, package)
    assert "enrollments.removals.too_many" in codes_of(run)
