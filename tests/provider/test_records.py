"""What a record looks like in JSON, and what becomes of one that was removed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rollbook.oneroster import Resource, Version, fields_of, resources_of
from rollbook.roster.models import RosterUser

from .cast import PUBLIC_URL, ROOT, Cast

_FACTS = Path(__file__).parents[3] / "shared/reference/oneroster/rest_models.json"

# Required by OneRoster 1.1 REST; courseCode too, but a CSV delivery need not have one.
REQUIRED = {
    "academicSessions": {"title", "startDate", "endDate", "type", "schoolYear"},
    "orgs": {"name", "type"},
    "courses": {"title"},
    "classes": {"title", "course", "school", "terms"},
    "users": {"username", "enabledUser", "givenName", "familyName", "role", "orgs"},
    "enrollments": {"user", "class", "school", "role"},
    "demographics": set(),
}
ENVELOPE = {"sourcedId", "status", "dateLastModified"}


def records(cast: Cast, resource: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cast.hub(f"/{resource}").json()[resource]
    return found


def ref(resource: str, sourced_id: str, segment: str | None = None) -> dict[str, str]:
    return {
        "href": f"{PUBLIC_URL}{ROOT}/{resource}/{segment or sourced_id}",
        "sourcedId": sourced_id,
        "type": Resource(resource).singular,
    }


def test_user_in_full(cast: Cast) -> None:
    assert cast.hub("/users/ann%40oak").json() == {
        "user": {
            "sourcedId": "ann@oak",
            "status": "active",
            "dateLastModified": "2026-09-01T02:03:04.567Z",
            "metadata": {"lunch": "free"},
            "enabledUser": "true",
            "orgs": [ref("orgs", "north/1", "north%2F1")],
            "role": "student",
            "username": "ann@oak",
            "userIds": [
                {"type": "Fed", "identifier": "1"},
                {"type": "State", "identifier": "a:b"},
            ],
            "givenName": "Zoë",
            "familyName": "O'B",
            "email": "ann@oak.example",
            "agents": [ref("users", "pat")],
            "grades": ["09"],
        }
    }


def test_other_records_in_full(cast: Cast) -> None:
    when = {"status": "active", "dateLastModified": "2026-09-01T02:03:04.567Z"}
    assert cast.hub("/courses/alg").json()["course"] == {
        "sourcedId": "alg",
        **when,
        "schoolYear": ref("academicSessions", "2027"),
        "title": 'Algebra "I"',
        "grades": ["09", "10"],
        "org": ref("orgs", "oak"),
    }
    assert cast.hub("/terms/t1").json()["academicSession"] == {
        "sourcedId": "t1",
        **when,
        "title": "t1",
        "type": "term",
        "startDate": "2026-08-15",
        "endDate": "2027-06-15",
        "parent": ref("academicSessions", "2027"),
        "schoolYear": "2027",
    }
    assert cast.hub("/enrollments/e1").json()["enrollment"] == {
        "sourcedId": "e1",
        **when,
        "class": ref("classes", "c 1", "c%201"),
        "school": ref("orgs", "north/1", "north%2F1"),
        "user": ref("users", "ann@oak", "ann%40oak"),
        "role": "student",
        "primary": "false",
    }
    assert cast.hub("/demographics/ann%40oak").json()["demographics"] == {
        "sourcedId": "ann@oak",
        **when,
        "birthDate": "2012-02-29",
        "sex": "female",
        "asian": "true",
    }
    assert [r["sourcedId"] for r in cast.hub("/classes/c2").json()["class"]["terms"]] == [
        "t1",
        "s2",
    ]


@pytest.mark.parametrize("resource", REQUIRED)
def test_records_have_what_is_required_and_nothing_unknown(cast: Cast, resource: str) -> None:
    known = {f.rest_name for f in fields_of(Resource(resource)) if f.rest_name} | {"metadata"}
    for record in records(cast, resource):
        assert ENVELOPE | REQUIRED[resource] <= record.keys() <= known
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", record["dateLastModified"])


@pytest.mark.skipif(not _FACTS.exists(), reason="the fact base is not beside this checkout")
def test_properties_are_those_of_the_standard() -> None:
    models = json.loads(_FACTS.read_text())["1.1"]
    for resource in resources_of(Version.V1_1):
        name = resource.singular[0].upper() + resource.singular[1:]
        properties = models[name]["properties"]
        ours = {f.rest_name: f for f in fields_of(resource, Version.V1_1) if f.rest_name}
        assert ours.keys() <= properties.keys()
        required = {name for name, fact in properties.items() if fact.get("req")} - ENVELOPE
        assert required - {"courseCode"} == REQUIRED[resource]
        for field in ours.values():
            fact = properties[field.rest_name]
            target = fact.get("refType") or (fact.get("items") or {}).get("refType")
            if field.refers_to and field.rest_name != "sourcedId":
                assert target == field.refers_to.singular


@pytest.mark.parametrize("resource", REQUIRED)
def test_nothing_is_null_or_empty(cast: Cast, resource: str) -> None:
    for reading in (cast.hub, cast.partial):
        for value in walk(reading(f"/{resource}").json()[resource]):
            assert value not in (None, "", [], {}), value
            assert isinstance(value, dict | list | str)


def test_blank_elements_of_lists_are_left_out(cast: Cast) -> None:
    RosterUser.objects.filter(served_id="ben").update(
        grades=["", "10"], user_ids=["", ":", "x:", ":y", "a:b"], org_served_ids=[], metadata={}
    )
    ben = cast.hub("/users/ben").json()["user"]

    assert ben["grades"] == ["10"]
    assert ben["userIds"] == [{"type": "a", "identifier": "b"}]
    assert not ben.keys() & {"orgs", "metadata"}


def test_every_reference_leads_to_a_record(cast: Cast) -> None:
    for reading in (cast.hub, cast.partial):
        for resource in REQUIRED:
            for value in walk(reading(f"/{resource}").json()[resource]):
                if isinstance(value, dict) and "href" in value:
                    answer = reading.at(value["href"])
                    assert answer.status_code == 200, value
                    (record,) = answer.json().values()
                    assert record["sourcedId"] == value["sourcedId"]


@pytest.mark.parametrize(
    "served_id", ["a/b/classes", "100%", "ü ñ", "a,b;c", "<'\">", "x?y#z", "a\\"]
)
def test_any_id_survives_the_way_through_a_reference(cast: Cast, served_id: str) -> None:
    RosterUser.objects.filter(served_id="pat").update(agent_served_ids=[served_id])
    (agent,) = cast.hub("/users/pat").json()["user"]["agents"]
    assert agent["sourcedId"] == served_id
    assert re.fullmatch(r"[A-Za-z0-9:/._~%-]+", agent["href"])
    assert agent["href"].startswith(f"{PUBLIC_URL}{ROOT}/users/")

    user = RosterUser.objects.get(served_id="ben", district__name="Oak")
    user.served_id = served_id
    user.save(force_insert=True)
    answer = cast.hub.at(agent["href"])
    if not served_id.endswith("/classes"):  # a user's classes stand at this very path
        assert answer.json()["user"]["sourcedId"] == served_id


def test_removed_record_is_told_as_it_was(cast: Cast) -> None:
    gone = cast.hub("/users/gone").json()["user"]

    assert gone["status"] == "tobedeleted"
    assert gone["dateLastModified"] == "2026-09-02T00:00:00.000Z"
    assert gone["orgs"] == [ref("orgs", "south")]
    assert gone["enabledUser"] == "true"
    assert cast.hub("/enrollments/e-gone").json()["enrollment"]["user"] == ref("users", "gone")


def test_removed_record_is_gone_from_relations(cast: Cast) -> None:
    for path in ("/schools/south/students", "/classes/c2/students", "/schools/south/enrollments"):
        (found,) = cast.hub(path).json().values()
        assert all(record["status"] == "active" for record in found)
        assert "gone" not in {record["sourcedId"] for record in found}


def walk(value: Any) -> Iterator[Any]:
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for element in inner:
        yield from walk(element)
