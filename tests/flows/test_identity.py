"""Who is who, from files to roster: new ids, reassigned ids, ids used again, several sources."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.packages import (
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    SESSIONS,
    USERS,
    Package,
    small_district,
)
from tests.rosters import decide_pairs, deliver, faults_of, make_district, records_of

from rollbook.oneroster import Resource
from rollbook.runs.models import IdentityPair, PairVerdict, RunState

pytestmark = pytest.mark.django_db(transaction=True)


def district_package() -> Package:
    """Return the small district with a birth date and an address of their own for each student."""
    package = small_district()
    for number in range(1, 7):
        package.row(DEMOGRAPHICS, f"stu-{number}")["birthDate"] = f"2018-02-{number:02}"
        package.row(USERS, f"stu-{number}")["email"] = f"s{number}@oak.example"
    return package


def give_id(package: Package, old: str, new: str) -> Package:
    """Give a record another id, wherever it is named."""
    for rows in package.rows.values():
        for row in rows:
            for name, value in row.items():
                if name.endswith(("ourcedId", "ourcedIds")):
                    row[name] = ",".join(new if it == old else it for it in value.split(","))
    return package


@pytest.fixture
def person(django_user_model: Any) -> Any:
    return django_user_model.objects.create(username="manager", email="m@oak.example")


def decide(district: Any, person: Any, verdict: PairVerdict, *, approves: bool = False) -> Any:
    """Decide about every pair that waits, and take the run that follows to its rest."""
    from rollbook import pipeline
    from rollbook.runs.decisions import approve_run

    waiting = IdentityPair.objects.filter(district_id=district.pk, verdict="")
    run = decide_pairs(
        district.pk, list(waiting), verdict=verdict, reason="Looked at it.", acting_user=person
    )
    assert run
    pipeline.run_sync(district.pk, run.number)
    run.refresh_from_db()
    if approves:
        assert run.state == RunState.HELD
        approve_run(run, digest=run.digest, reason="New system.", acting_user=person)
        pipeline.run_sync(district.pk, run.number)
        run.refresh_from_db()
    assert run.state in (RunState.PUBLISHED, RunState.UNCHANGED), run.reasons
    assert not faults_of(district.pk)
    return run


def links_of(district: Any, served_id: str) -> set[str]:
    found = records_of(district.pk, ENROLLMENTS)
    return {it for it, record in found.items() if record["userSourcedId"] == served_id}


def test_f04_a_new_id_waits_and_goes_on_as_the_same_person(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    before, links = records_of(district.pk, USERS), links_of(district, "stu-1")
    run = deliver(district, give_id(district_package(), "stu-1", "p-9"))
    assert run.state == RunState.UNCHANGED
    assert records_of(district.pk, USERS) == before
    pair = IdentityPair.objects.get()
    assert (pair.was, pair.sourced_id, pair.confidence) == ("stu-1", "p-9", "certain")
    run = decide(district, person, PairVerdict.SAME)
    assert run.counts["users"]["rekey"] == 1
    after = records_of(district.pk, USERS)
    assert after["stu-1"]["sourced_id"] == "p-9"
    assert after["stu-1"]["uid"] == before["stu-1"]["uid"]
    assert "p-9" not in after
    assert links_of(district, "stu-1") == links
    # The decision stays: the next night brings nothing new.
    run = deliver(district, give_id(district_package(), "stu-1", "p-9"))
    assert run.state == RunState.UNCHANGED
    assert not IdentityPair.objects.filter(verdict="").exists()


def test_f04_two_people_after_all(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    deliver(district, give_id(district_package(), "stu-1", "p-9"))
    decide(district, person, PairVerdict.DIFFERENT)
    after = records_of(district.pk, USERS)
    assert "stu-1" not in after
    assert after["p-9"]["sourced_id"] == "p-9"


def somebody_else(package: Package, sourced_id: str) -> Package:
    package.row(USERS, sourced_id).update(givenName="Ada", familyName="Other")
    package.row(DEMOGRAPHICS, sourced_id)["birthDate"] = "2011-11-11"
    return package


def test_reassigned_id_waits_and_makes_a_new_record(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    before, links = records_of(district.pk, USERS), links_of(district, "stu-1")
    run = deliver(district, somebody_else(district_package(), "stu-1"))
    assert run.state == RunState.UNCHANGED
    assert records_of(district.pk, USERS) == before
    decide(district, person, PairVerdict.DIFFERENT)
    after = records_of(district.pk, USERS)
    assert "stu-1" not in after
    (served,) = [it for it, record in after.items() if record["sourced_id"] == "stu-1"]
    assert after[served]["givenName"] == "Ada"
    assert str(after[served]["uid"]) == served
    assert records_of(district.pk, DEMOGRAPHICS)[served]["birthDate"] == date(2011, 11, 11)
    assert len(links_of(district, served)) == len(links)
    assert not links_of(district, served) & links
    assert deliver(district, somebody_else(district_package(), "stu-1")).state == "unchanged"


def test_reassigned_id_that_is_the_same_person_is_an_update(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    deliver(district, somebody_else(district_package(), "stu-1"))
    decide(district, person, PairVerdict.SAME)
    assert records_of(district.pk, USERS)["stu-1"]["givenName"] == "Ada"


def next_year(package: Package) -> Package:
    for row in package.rows[SESSIONS]:
        row["schoolYear"] = str(int(row["schoolYear"]) + 1)
        for name in ("startDate", "endDate"):
            row[name] = f"{int(row[name][:4]) + 1}{row[name][4:]}"
    return package


def test_class_id_used_again_next_year_is_a_new_class(person: Any) -> None:
    from rollbook import pipeline
    from rollbook.runs.decisions import approve_run

    district = make_district()
    deliver(district, district_package())
    classes, places = records_of(district.pk, CLASSES), records_of(district.pk, ENROLLMENTS)
    run = deliver(district, next_year(district_package()))
    assert run.state == RunState.HELD  # every class goes
    approve_run(run, digest=run.digest, reason="New year.", acting_user=person)
    pipeline.run_sync(district.pk, run.number)
    run.refresh_from_db()
    assert run.state == RunState.PUBLISHED
    assert not faults_of(district.pk)
    after = records_of(district.pk, CLASSES)
    assert not {*after} & {*classes}
    assert {it["sourced_id"] for it in after.values()} == {*classes}
    assert not {*records_of(district.pk, ENROLLMENTS)} & {*places}
    assert len(records_of(district.pk, ENROLLMENTS)) == len(places)


def without(package: Package, sourced_id: str) -> Package:
    for resource, rows in package.rows.items():
        package.rows[resource] = [row for row in rows if sourced_id not in row.values()]
    return package


def test_person_who_returns_is_the_same(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    before = records_of(district.pk, USERS)
    deliver(district, without(district_package(), "stu-1"))
    assert "stu-1" not in records_of(district.pk, USERS)
    deliver(district, district_package())
    assert records_of(district.pk, USERS)["stu-1"]["uid"] == before["stu-1"]["uid"]


def test_removed_id_that_returns_as_somebody_else_waits(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    uid = records_of(district.pk, USERS)["stu-1"]["uid"]
    deliver(district, without(district_package(), "stu-1"))
    deliver(district, somebody_else(district_package(), "stu-1"))
    assert "stu-1" not in records_of(district.pk, USERS)
    assert not links_of(district, "stu-1")
    decide(district, person, PairVerdict.DIFFERENT)
    after = records_of(district.pk, USERS)
    (served,) = [it for it, record in after.items() if record["sourced_id"] == "stu-1"]
    assert after[served]["uid"] != uid
    assert "stu-1" not in after


def test_f06_grace_days_keep_who_is_between_two_schools(monkeypatch: Any, person: Any) -> None:
    from rollbook import pipeline
    from rollbook.sources.models import Source

    day = date(2026, 10, 1)
    monkeypatch.setattr(pipeline, "_today", lambda run: day)
    district = make_district()
    deliver(district, district_package())
    Source.objects.update(grace_days=3)
    before, links = records_of(district.pk, USERS), links_of(district, "stu-1")
    deliver(district, without(district_package(), "stu-1"))
    assert records_of(district.pk, USERS) == before
    assert links_of(district, "stu-1") == links
    day = date(2026, 10, 3)
    deliver(district, without(district_package(), "stu-1"))
    assert "stu-1" in records_of(district.pk, USERS)
    day = date(2026, 10, 4)
    deliver(district, without(district_package(), "stu-1"))
    assert "stu-1" not in records_of(district.pk, USERS)
    assert not links_of(district, "stu-1")
    assert not faults_of(district.pk)


def second_source(district: Any, **limits: Any) -> int:
    from rollbook.sources.setup import add_source

    return add_source(district, "Families", acting_user=None, **limits).number


def contacts_only() -> dict[str, bytes]:
    return {
        "guardians.csv": (
            b"guardianSourcedId,studentSourcedId,givenName,familyName,email,relationship\r\n"
            b"par-1,stu-1,Other,Parent,other@oak.example,mother\r\n"
            b"g-2,stu-2,Grace,Guardian,grace@oak.example,guardian\r\n"
        )
    }


def test_second_source_has_a_name_space_of_its_own(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    before = records_of(district.pk, USERS)
    number = second_source(district, owns=["contacts"])
    run = deliver(district, contacts_only(), source_number=number)
    assert run.state == RunState.PUBLISHED, run.reasons
    assert not faults_of(district.pk)
    after = records_of(district.pk, USERS)
    assert {it: after[it]["uid"] for it in before} == {it: before[it]["uid"] for it in before}
    assert after["g-2"]["agentSourcedIds"] == ["stu-2"]
    (other,) = {*after} - {*before, "g-2"}
    assert (after[other]["sourced_id"], after[other]["givenName"]) == ("par-1", "Other")
    # The first source's night removes nothing of the second's, nor the other way round.
    assert deliver(district, district_package()).state == RunState.UNCHANGED
    run = deliver(district, contacts_only(), source_number=number)
    assert run.state == RunState.UNCHANGED
    assert records_of(district.pk, Resource.USERS) == after


def test_places_of_somebody_who_waits_get_no_new_ids(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    places = records_of(district.pk, ENROLLMENTS)
    package = somebody_else(district_package(), "stu-1")
    for number, row in enumerate(package.rows[ENROLLMENTS]):
        row["sourcedId"] = f"e-{number}" if row["userSourcedId"] == "stu-1" else row["sourcedId"]
    assert deliver(district, package).state == RunState.UNCHANGED
    assert records_of(district.pk, ENROLLMENTS) == places


def test_delta_waits_while_ids_do(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    deliver(district, somebody_else(district_package(), "stu-1"))
    package = somebody_else(district_package(), "stu-1")
    package.manifest |= {f"file.{name}": "delta" for name in package.rows}
    for rows in package.rows.values():
        for row in rows:
            row |= {"status": "active", "dateLastModified": "2026-10-01T00:00:00.000Z"}
    run = deliver(district, package)
    assert run.state == RunState.FAILED
    assert run.reasons[0]["code"] == "run.delta_while_ids_wait"


def test_f04_a_whole_column_of_new_ids_is_held_and_decided_at_once(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    before = records_of(district.pk, USERS)
    package = district_package()
    for sourced_id in [row["sourcedId"] for row in package.rows[USERS]]:
        give_id(package, sourced_id, f"0{sourced_id}")
    run = deliver(district, package)
    assert run.state == RunState.HELD
    assert "users.ids.many_wait" in [reason["code"] for reason in run.reasons]
    # All ids look otherwise, too, which is asked about by itself.
    decide(district, person, PairVerdict.SAME, approves=True)
    after = records_of(district.pk, USERS)
    assert {it: after[it]["uid"] for it in after} == {it: before[it]["uid"] for it in before}
    assert all(record["sourced_id"] == f"0{it}" for it, record in after.items())
    assert deliver(district, package).state == RunState.UNCHANGED


def test_f04_a_column_of_ids_that_was_approved_is_not_held_when_it_is_decided(person: Any) -> None:
    from tests.history.past import approve

    district = make_district()
    deliver(district, district_package())
    package = district_package()
    for sourced_id in [row["sourcedId"] for row in package.rows[USERS]]:
        give_id(package, sourced_id, f"0{sourced_id}")
    assert deliver(district, package).state == RunState.HELD
    approve(deliver(district, package), person)
    # The nights before anybody decides hold for nothing that was approved.
    assert deliver(district, package).state == RunState.UNCHANGED
    decide(district, person, PairVerdict.SAME)
    after = records_of(district.pk, USERS)
    assert all(record["sourced_id"] == f"0{it}" for it, record in after.items())


def test_places_that_get_new_ids_with_a_class_of_next_year_are_new(person: Any) -> None:
    from rollbook import pipeline
    from rollbook.runs.decisions import approve_run

    district = make_district()
    deliver(district, district_package())
    places = records_of(district.pk, ENROLLMENTS)
    package = next_year(district_package())
    for number, row in enumerate(package.rows[ENROLLMENTS]):
        row["sourcedId"] = f"e-{number}"
    run = deliver(district, package)
    approve_run(run, digest=run.digest, reason="New year.", acting_user=person)
    pipeline.run_sync(district.pk, run.number)
    assert not faults_of(district.pk)
    assert not {*records_of(district.pk, ENROLLMENTS)} & {*places}


def test_link_to_a_record_of_another_source_that_left_is_not_served(person: Any) -> None:
    district = make_district()
    deliver(district, district_package())
    number = second_source(district, owns=["contacts"])
    deliver(district, contacts_only(), source_number=number)
    deliver(district, without(district_package(), "stu-2"))
    assert not faults_of(district.pk)
    assert records_of(district.pk, USERS)["g-2"]["agentSourcedIds"] == ["stu-2"]
    deliver(district, district_package())
    assert records_of(district.pk, USERS)["stu-2"]["sourced_id"] == "stu-2"


def test_additive_source_brings_nothing_outside_its_days(person: Any) -> None:
    from rollbook.runs.states import words_of
    from rollbook.sources.setup import add_source

    district = make_district()
    deliver(district, district_package())
    before = records_of(district.pk, USERS)
    source = add_source(
        district,
        "Summer school",
        is_additive=True,
        begins_on=date(2020, 6, 22),
        ends_on=date(2020, 7, 24),
        acting_user=person,
    )
    run = deliver(district, district_package(), source_number=source.number)
    assert (run.state, run.reasons[0]["code"]) == (RunState.FAILED, "run.outside_dates")
    assert words_of(run).who.startswith("An owner or a data manager")
    assert records_of(district.pk, USERS) == before


def test_ids_of_a_discarded_delivery_ask_nobody(person: Any) -> None:
    from rollbook.runs.decisions import discard_run

    district = make_district()
    deliver(district, district_package())
    known = give_id(district_package(), "stu-1", "p-1")
    deliver(district, known)
    new_ids = give_id(known.copy(), "stu-2", "p-2")
    new_ids.drop(ENROLLMENTS, *[row["sourcedId"] for row in new_ids.rows[ENROLLMENTS][4:]])
    held = deliver(district, new_ids)
    assert held.state == RunState.HELD
    waiting = IdentityPair.objects.filter(verdict="")
    assert {it.was for it in waiting} == {"stu-1", "stu-2"}
    discard_run(held, reason="The wrong export.", acting_user=person)
    assert {it.was for it in waiting.all()} == {"stu-1"}
