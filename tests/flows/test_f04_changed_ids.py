"""F4: ids change, and nobody is removed and made anew: history and what is shared stay.

Source: failures.md F4; design.md, Identity.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
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
    decide_pairs,
    deliver,
    differences,
    expected_roster,
    faults_of,
    make_district,
    records_of,
    roster_of,
    session,
)

from rollbook.oneroster import RESOURCES, Resource

MOVED = {"stu-1": "stu-8", "stu-2": "stu-9"}
PLACES = {
    "stu-1-cls-21": "place-a",
    "stu-1-cls-22": "place-b",
    "stu-2-cls-11": "place-c",
    "stu-2-cls-12": "place-d",
}
Pair = tuple[str, str, str]


@pytest.fixture
def person(django_user_model: Any) -> Any:
    return django_user_model.objects.create(username="owner")


def before() -> Package:
    """Return the small district, people told apart by birth date, number and address."""
    package = small_district(students=4)
    for number in range(1, 5):
        package.row(DEMOGRAPHICS, f"stu-{number}")["birthDate"] = f"2018-02-{number:02}"
        package.row(USERS, f"stu-{number}").update(
            email=f"s{number}@oak.example", givenName=f"Zoë {number}"
        )
    return package


def renumbered(ids: dict[str, str] = MOVED, *, with_places: bool = True) -> Package:
    """Return it from a new SIS: people have other ids, and their places in classes, too."""
    package = before()
    for old, new in ids.items():
        package.rename(USERS, old, new)
        for row in package.rows[ENROLLMENTS] if with_places else ():
            if row["userSourcedId"] == new:
                row["sourcedId"] = PLACES[row["sourcedId"]]
    return package


def waiting(district: Any) -> dict[Pair, tuple[str, str]]:
    """Return the pairs that nobody has decided, with kind and confidence."""
    from rollbook.runs.models import IdentityPair

    pairs = IdentityPair.objects.filter(district_id=district.pk, verdict="", settled_run=None)
    return {(it.resource, it.was, it.sourced_id): (it.kind, it.confidence) for it in pairs}


def decide(district: Any, person: Any, verdict: str, *, only: Iterable[str] = ()) -> Any:
    """Decide pairs, and let the delivery be taken up again."""
    from rollbook import pipeline
    from rollbook.runs.models import IdentityPair

    pairs = IdentityPair.objects.filter(district_id=district.pk, verdict="")
    chosen = [it for it in pairs if not only or it.was in only]
    run = decide_pairs(
        district.pk, chosen, verdict=verdict, reason="Asked at the school.", acting_user=person
    )
    pipeline.run_sync(district.pk, run.number)
    run.refresh_from_db()
    return run


def approve(run: Any, person: Any) -> Any:
    from rollbook import pipeline
    from rollbook.runs.decisions import approve_run

    approve_run(run, digest=run.digest, reason="New SIS.", acting_user=person)
    pipeline.run_sync(run.district_id, run.number)
    run.refresh_from_db()
    return run


def known_as(district: Any) -> dict[tuple[Resource, str], Any]:
    """Return the uid of every record by the id under which applications know it."""
    return {
        (resource, served): record["uid"]
        for resource in RESOURCES
        for served, record in records_of(district.pk, resource).items()
    }


def tombstones(district: Any) -> set[tuple[str, str]]:
    rows = session().execute(
        "select resource, served_id from roster_tombstone where district_id = %s", [district.pk]
    )
    return {*rows.fetchall()}


def test_f04_new_ids_are_found_and_wait(district: Any) -> None:
    deliver(district, before())
    roster, known = roster_of(district.pk), known_as(district)
    package = renumbered()
    package.row(CLASSES, "cls-11")["title"] = "Chess"
    run = deliver(district, package)
    assert run.state == "published", run.reasons  # all but those who wait
    assert waiting(district) == {
        ("users", old, new): ("rekeyed", "certain") for old, new in MOVED.items()
    }
    roster[CLASSES]["cls-11"]["title"] = "Chess"
    assert differences(roster_of(district.pk), roster) == []
    assert known_as(district) == known
    assert tombstones(district) == set()
    assert faults_of(district.pk) == []


def test_f04_once_it_is_the_same_person_only_the_id_changes(
    district: Any, connection: Any, person: Any
) -> None:
    from rollbook.runs.models import RecordChange
    from rollbook.sharing.models import Grant

    def granted() -> set[tuple[str, str, bool, int]]:
        grants = Grant.objects.filter(district_id=district.pk)
        return {(it.resource, it.served_id, it.is_active, it.change_number) for it in grants}

    deliver(district, before())
    known, shared = known_as(district), granted()
    assert deliver(district, renumbered()).state == "unchanged"
    run = decide(district, person, "same")
    assert run.state == "published"
    assert known_as(district) == known
    assert granted() == shared
    assert tombstones(district) == set()
    assert waiting(district) == {}
    users = records_of(district.pk, USERS)
    assert {users[old]["sourced_id"] for old in MOVED} == {*MOVED.values()}
    assert records_of(district.pk, DEMOGRAPHICS)["stu-1"]["sourced_id"] == "stu-8"
    assert records_of(district.pk, ENROLLMENTS)["stu-1-cls-21"]["sourced_id"] == "place-a"
    assert users["par-1"]["agentSourcedIds"] == ["stu-1"]
    kinds = RecordChange.objects.filter(district_id=district.pk, run_number=run.number)
    assert {it.change for it in kinds} == {"rekey"}
    assert run.counts["users"]["rekey"] == 2
    assert faults_of(district.pk) == []
    assert deliver(district, renumbered()).state == "unchanged"


def test_f04_what_else_differs_comes_with_the_new_id(district: Any, person: Any) -> None:
    deliver(district, before())
    package = renumbered({"stu-1": "stu-8"}, with_places=False)
    package.row(USERS, "stu-8").update(familyName="Díaz", middleName="M")
    deliver(district, package)
    assert records_of(district.pk, USERS)["stu-1"]["middleName"] is None  # as it was published
    decide(district, person, "same")
    assert records_of(district.pk, USERS)["stu-1"]["middleName"] == "M"
    assert records_of(district.pk, ENROLLMENTS)["stu-1-cls-21"]["userSourcedId"] == "stu-1"
    assert faults_of(district.pk) == []


def test_f04_two_who_are_not_the_same_are_removed_and_made(district: Any, person: Any) -> None:
    deliver(district, before())
    known = known_as(district)
    deliver(district, renumbered({"stu-1": "stu-8"}))
    run = decide(district, person, "different")
    assert run.state == "published"
    assert roster_of(district.pk) == expected_roster(renumbered({"stu-1": "stu-8"}))
    assert tombstones(district) == {
        ("users", "stu-1"),
        ("demographics", "stu-1"),
        ("enrollments", "stu-1-cls-21"),
        ("enrollments", "stu-1-cls-22"),
    }
    assert known_as(district)[USERS, "stu-8"] not in known.values()
    assert faults_of(district.pk) == []
    assert deliver(district, renumbered({"stu-1": "stu-8"})).state == "unchanged"


def test_f04_one_decision_does_not_decide_another(district: Any, person: Any) -> None:
    deliver(district, before())
    deliver(district, renumbered())
    deliver(district, renumbered())  # and nobody looks at it for a night
    decide(district, person, "same", only=["stu-1"])
    users = records_of(district.pk, USERS)
    assert (users["stu-1"]["sourced_id"], users["stu-2"]["sourced_id"]) == ("stu-8", "stu-2")
    assert [*waiting(district)] == [("users", "stu-2", "stu-9")]
    assert faults_of(district.pk) == []


def test_f04_pair_is_gone_when_the_old_ids_come_back(district: Any) -> None:
    deliver(district, before())
    roster, known = roster_of(district.pk), known_as(district)
    deliver(district, renumbered())
    assert deliver(district, before()).state == "unchanged"
    assert (roster_of(district.pk), known_as(district)) == (roster, known)
    assert waiting(district) == {}


def test_f04_old_id_of_somebody_is_never_served_for_another(district: Any, person: Any) -> None:
    deliver(district, before())
    deliver(district, renumbered({"stu-1": "stu-8"}))
    decide(district, person, "same")
    package = renumbered({"stu-1": "stu-8"})
    package.add(
        USERS,
        sourcedId="stu-1",
        enabledUser="true",
        orgSourcedIds="sch-1",
        role="student",
        username="ann",
        givenName="Ann",
        familyName="Other",
    )
    deliver(district, package)
    users = records_of(district.pk, USERS)
    assert users["stu-1"]["sourced_id"] == "stu-8"
    [other] = [served for served, it in users.items() if it["sourced_id"] == "stu-1"]
    assert other == str(users[other]["uid"])
    assert faults_of(district.pk) == []


def twins(package: Package) -> Package:
    """Make two students equal in all by which people are told apart."""
    one, other = package.row(USERS, "stu-1"), package.row(USERS, "stu-2")
    for name in ("givenName", "familyName", "email", "identifier", "userIds"):
        other[name] = one[name]
    package.row(DEMOGRAPHICS, "stu-2")["birthDate"] = "2018-02-01"
    return package


@pytest.mark.parametrize("ids", [{"stu-1": "stu-8"}, MOVED], ids=["one", "both"])
def test_f04_twins_are_never_guessed(ids: dict[str, str], district: Any, person: Any) -> None:
    deliver(district, twins(before()))
    package = twins(before())
    for old, new in ids.items():
        package.rename(USERS, old, new)
    run = deliver(district, package)
    assert waiting(district) == {}
    if run.state == "held":
        run = approve(run, person)
    assert roster_of(district.pk) == expected_roster(package)
    assert {("users", old) for old in ids} <= tombstones(district)


def whole_column(resource: Resource, spell: Any) -> Package:
    package = before()
    for sourced_id in [row["sourcedId"] for row in package.rows[resource]]:
        package.rename(resource, sourced_id, spell(sourced_id))
    return package


@pytest.mark.parametrize("resource", [USERS, CLASSES, COURSES, ORGS])
def test_f04_whole_column_of_ids_is_one_re_key(resource: Resource, person: Any) -> None:
    """Zeros that are lost, or a prefix that comes, remove nothing and make nothing."""
    for number, (old, new) in enumerate([(lambda it: f"00{it}", str), (str, lambda it: f"S{it}")]):
        district = make_district(f"Oak {number}")
        deliver(district, whole_column(resource, old))
        roster, known = roster_of(district.pk), known_as(district)
        package = whole_column(resource, new)
        run = deliver(district, package)
        if run.state == "held":  # the ids look otherwise: a person says that it is right
            run = approve(run, person)
        assert run.state == "unchanged"
        assert (roster_of(district.pk), known_as(district)) == (roster, known)
        found = {(was, now) for kind, was, now in waiting(district) if kind == resource}
        ids = [row["sourcedId"] for row in before().rows[resource]]
        assert {(old(it), new(it)) for it in ids} == found
        run = decide(district, person, "same")
        if run.state == "held":
            run = approve(run, person)
        assert run.state == "published"
        assert known_as(district) == known
        assert tombstones(district) == set()
        assert faults_of(district.pk) == []
        after = records_of(district.pk, resource)
        assert {after[old(it)]["sourced_id"] for it in ids} == {new(it) for it in ids}
        assert deliver(district, package).state in ("unchanged", "held")
