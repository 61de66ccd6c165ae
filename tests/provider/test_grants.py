"""A connection sees what it was granted, and of what it lost only that it is gone."""

from __future__ import annotations

from typing import Any

import pytest

from rollbook.oneroster import Resource
from rollbook.sharing.models import Connection, Grant, SharingRule

from .cast import Cast, Reading, connect, grant, remove
from .test_routes import SINGLES, WORKS

# What `partial` may read, and what it may only know to be gone.
SEEN = {
    "/orgs": (["north/1"], []),
    "/schools": (["north/1"], []),
    "/academicSessions": (["2027", "gp1", "t1"], ["s2"]),
    "/gradingPeriods": (["gp1"], []),
    "/terms": (["t1"], ["s2"]),
    "/courses": (["alg"], ["bio"]),
    "/classes": (["c 1"], ["c2"]),
    "/users": (["ann@oak", "tess"], ["ben"]),
    "/students": (["ann@oak"], ["ben"]),
    "/teachers": (["tess"], []),
    "/enrollments": (["e1", "e3"], ["e2", "e4"]),
    "/demographics": (["ann@oak"], ["ben"]),
}
BELOW = {
    "/schools/north%2F1/classes": ["c 1"],
    "/schools/north%2F1/courses": ["alg"],
    "/schools/north%2F1/enrollments": ["e1", "e3"],
    "/schools/north%2F1/students": ["ann@oak"],
    "/schools/north%2F1/terms": ["t1"],
    "/schools/north%2F1/teachers": ["tess"],
    "/schools/north%2F1/classes/c%201/enrollments": ["e1", "e3"],
    "/schools/north%2F1/classes/c%201/students": ["ann@oak"],
    "/schools/north%2F1/classes/c%201/teachers": ["tess"],
    "/students/ann%40oak/classes": ["c 1"],
    "/teachers/tess/classes": ["c 1"],
    "/users/tess/classes": ["c 1"],
    "/courses/alg/classes": ["c 1"],
    "/terms/t1/classes": ["c 1"],
    "/terms/t1/gradingPeriods": ["gp1"],
}


def found(reading: Reading, path: str) -> list[dict[str, Any]]:
    (records,) = reading(path).json().values()
    assert isinstance(records, list)
    return records


@pytest.mark.parametrize("path", SEEN)
def test_partial_connection_sees_its_part(cast: Cast, path: str) -> None:
    active, gone = SEEN[path]
    records = found(cast.partial, path)

    assert [r["sourcedId"] for r in records] == sorted(active + gone)
    assert [r["sourcedId"] for r in records if r["status"] == "active"] == active
    for record in records:
        if record["status"] == "tobedeleted":
            assert record.keys() == {"sourcedId", "status", "dateLastModified"}
    assert cast.partial(path)["X-Total-Count"] == str(len(records))


@pytest.mark.parametrize("path", sorted(WORKS.keys() - SEEN.keys()))
def test_relations_hold_only_what_is_granted(cast: Cast, path: str) -> None:
    assert [r["sourcedId"] for r in found(cast.partial, path)] == BELOW.get(path, [])


@pytest.mark.parametrize("path", SINGLES)
def test_single_records_follow_their_collections(cast: Cast, path: str) -> None:
    active, gone = SEEN["/" + path.split("/")[1]]
    answer = cast.partial(path)

    if answer.status_code == 404:
        assert path in ("/orgs/oak", "/users/pat")
    else:
        (record,) = answer.json().values()
        assert record["sourcedId"] in active + gone


def test_references_to_what_is_not_granted_are_left_out(cast: Cast) -> None:
    assert "parent" not in cast.partial("/orgs/north%2F1").json()["org"]
    assert "org" not in cast.partial("/courses/alg").json()["course"]
    ann = cast.partial("/users/ann%40oak").json()["user"]
    assert "agents" not in ann
    tess = cast.partial("/users/tess").json()["user"]
    assert [org["sourcedId"] for org in tess["orgs"]] == ["north/1"]


def test_nothing_outside_the_grant_is_named_anywhere(cast: Cast) -> None:
    for path in [*WORKS, *SINGLES]:
        text = cast.partial(path).content.decode()
        assert not [word for word in ('"oak"', '"south"', '"pat"', '"gone"') if word in text], path


def test_connection_without_grants_sees_nothing(cast: Cast) -> None:
    reading = connect(cast.hub.connection.district, "New")
    for path in WORKS:
        assert found(reading, path) == []
    for path in SINGLES:
        assert reading(path).status_code == 404


def test_new_connection_learns_nothing_of_earlier_removals(cast: Cast) -> None:
    assert cast.partial("/users/gone").status_code == 404
    assert cast.partial("/enrollments/e-gone").status_code == 404


def test_grant_withdrawn_before_a_removal_keeps_the_later_record_private(cast: Cast) -> None:
    hub = cast.hub.connection
    Grant.objects.filter(connection_number=hub.number, served_id="ben").update(
        is_active=False, change_number=1
    )
    remove(hub, Resource.USERS, "ben")
    Grant.objects.filter(connection_number=hub.number, served_id="ben").update(change_number=1)

    user = cast.hub("/users/ben").json()["user"]
    assert user.keys() == {"sourcedId", "status", "dateLastModified"}


def test_removed_record_does_not_name_what_was_not_granted(cast: Cast) -> None:
    remove(cast.hub.connection, Resource.USERS, "ann@oak")

    ann = cast.partial("/users/ann%40oak").json()["user"]
    assert ann["status"] == "tobedeleted"
    assert ann["givenName"] == "Zoë"
    assert "agents" not in ann
    enrollment = cast.partial("/enrollments/e1").json()["enrollment"]
    assert enrollment.keys() == {"sourcedId", "status", "dateLastModified"}


def test_removed_class_takes_its_course_and_terms_along(cast: Cast) -> None:
    remove(cast.hub.connection, Resource.CLASSES, "c 1")

    assert cast.partial("/classes/c%201").json()["class"]["status"] == "tobedeleted"
    for path in ("/courses/alg", "/terms/t1", "/gradingPeriods/gp1"):
        (record,) = cast.partial(path).json().values()
        assert record.keys() == {"sourcedId", "status", "dateLastModified"}, path


def test_rule_of_all_shares_nothing_before_its_grants_are_computed(cast: Cast) -> None:
    """The grants decide; the rule alone, or counts that do not fit, open nothing."""
    hub = cast.hub.connection
    Grant.objects.filter(connection_number=hub.number, served_id="ben").delete()
    Connection.objects.filter(number=hub.number).update(counts={**hub.counts, "users": 3})

    assert hub.rule == SharingRule.ALL
    assert cast.hub("/users/ben").status_code == 404
    assert cast.hub("/enrollments/e2").status_code == 404


def test_whole_and_granted_one_by_one_read_alike(cast: Cast) -> None:
    """The short way for a whole district and the long way over its grants give the same."""
    whole = {path: cast.hub(path).json() for path in [*WORKS, *SINGLES]}
    totals = {path: cast.hub(path)["X-Total-Count"] for path in WORKS}
    Connection.objects.filter(number=cast.hub.connection.number).update(counts={})

    assert {path: cast.hub(path).json() for path in [*WORKS, *SINGLES]} == whole
    assert {path: cast.hub(path)["X-Total-Count"] for path in WORKS} == totals


def test_grant_of_another_connection_opens_nothing(cast: Cast) -> None:
    other = connect(cast.hub.connection.district, "Other")
    grant(other.connection, Resource.USERS, "pat")

    assert [r["sourcedId"] for r in found(other, "/users")] == ["pat"]
    assert cast.partial("/users/pat").status_code == 404
