"""Every path: whom it answers, with what, and whom it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rollbook.oneroster import Version
from rollbook.provider.oneroster.routes import Answer, Route, Scope, routes_of

from .cast import ROOT, SCOPES, Cast, give_token

_FACTS = Path(__file__).parents[3] / "shared/reference/oneroster/rest_operations.json"

# Path as the hub asks, and the ids it gets.
WORKS = {
    "/academicSessions": ["2027", "gp1", "s2", "t1"],
    "/gradingPeriods": ["gp1"],
    "/terms": ["s2", "t1"],
    "/orgs": ["north/1", "oak", "south"],
    "/schools": ["north/1", "south"],
    "/courses": ["alg", "bio"],
    "/classes": ["c 1", "c2"],
    "/enrollments": ["e-gone", "e1", "e2", "e3", "e4"],
    "/users": ["ann@oak", "ben", "gone", "pat", "tess"],
    "/students": ["ann@oak", "ben", "gone"],
    "/teachers": ["tess"],
    "/demographics": ["ann@oak", "ben"],
    "/schools/north%2F1/classes/c%201/enrollments": ["e1", "e3"],
    "/schools/north%2F1/classes/c%201/students": ["ann@oak"],
    "/schools/north%2F1/classes/c%201/teachers": ["tess"],
    "/schools/north%2F1/classes": ["c 1"],
    "/schools/north%2F1/courses": ["alg"],
    "/schools/north%2F1/enrollments": ["e1", "e3"],
    "/schools/north%2F1/students": ["ann@oak"],
    "/schools/north%2F1/teachers": ["tess"],
    "/schools/south/terms": ["s2", "t1"],
    "/classes/c2/students": ["ben"],
    "/classes/c2/teachers": ["tess"],
    "/courses/bio/classes": ["c2"],
    "/students/ann%40oak/classes": ["c 1"],
    "/teachers/tess/classes": ["c 1", "c2"],
    "/users/tess/classes": ["c 1", "c2"],
    "/terms/s2/classes": ["c2"],
    "/terms/t1/gradingPeriods": ["gp1"],
}
SINGLES = {
    "/academicSessions/2027": "academicSession",
    "/gradingPeriods/gp1": "academicSession",
    "/terms/t1": "academicSession",
    "/orgs/oak": "org",
    "/schools/north%2F1": "org",
    "/courses/alg": "course",
    "/classes/c%201": "class",
    "/enrollments/e1": "enrollment",
    "/users/pat": "user",
    "/students/ann%40oak": "user",
    "/teachers/tess": "user",
    "/demographics/ann%40oak": "demographics",
}
# What exists, but is not of the kind that the path names.
WRONG_KIND = (
    "/gradingPeriods/t1",
    "/terms/2027",
    "/schools/oak",
    "/students/tess",
    "/teachers/ben",
)
ROUTES = routes_of(Version.V1_1)


def _example(route: Route) -> str:
    return next(
        path for path in [*WORKS, *SINGLES] if next(r for r in ROUTES if _matches(r, path)) is route
    )


def _matches(route: Route, path: str) -> bool:
    ours, theirs = route.path.split("/"), path.split("/")
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(a.startswith("{") or a == b for a, b in pairs)


@pytest.mark.parametrize("path", WORKS)
def test_collection_has_its_records_in_order(cast: Cast, path: str) -> None:
    answer = cast.hub(path)

    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    (_, records), *others = answer.json().items()
    assert not others
    assert [record["sourcedId"] for record in records] == WORKS[path]
    assert answer["X-Total-Count"] == str(len(WORKS[path]))


@pytest.mark.parametrize("path", SINGLES)
def test_single_record_stands_alone(cast: Cast, path: str) -> None:
    answer = cast.hub(path)

    assert answer.status_code == 200, answer.content
    assert list(answer.json()) == [SINGLES[path]]
    assert answer["X-Total-Count"] == "1"


@pytest.mark.parametrize("path", WRONG_KIND)
def test_single_record_of_another_kind_is_unknown(cast: Cast, path: str) -> None:
    assert cast.hub(path).status_code == 404


def test_head_says_the_same_without_a_body(cast: Cast) -> None:
    for path in [*WORKS, *SINGLES]:
        head = cast.hub.client.head(ROOT + path, headers=cast.hub.headers())
        assert head.status_code == 200
        assert head.content == b""
        assert head["X-Total-Count"] == cast.hub(path)["X-Total-Count"]


@pytest.mark.parametrize("path", [path for path in WORKS if path.count("/") > 1])
def test_collection_below_an_unknown_record_is_empty(cast: Cast, path: str) -> None:
    first, _, rest = path.lstrip("/").partition("/")
    below = rest.partition("/")[2]
    answer = cast.hub(f"/{first}/nobody/{below}")

    assert answer.status_code == 200
    assert list(answer.json().values()) == [[]]
    assert answer["X-Total-Count"] == "0"


@pytest.mark.parametrize("path", SINGLES)
def test_unknown_id_is_not_found(cast: Cast, path: str) -> None:
    for unknown in ("nobody", "%00", "a%00b", "%FF", "x%0Ay"):
        answer = cast.hub(f"/{path.split('/')[1]}/{unknown}")
        assert answer.status_code == 404
        assert answer.json()["statusInfoSet"][0]["imsx_codeMinor"] == "unknownobject"


def test_other_district_sees_nothing_of_ours(cast: Cast) -> None:
    ours = set().union(*WORKS.values()) - {"south", "t1", "ben"}  # Elm has these too
    for path in [*WORKS, *SINGLES]:
        answer = cast.elsewhere(path)
        assert answer.status_code in (200, 404)
        assert not ours & _ids_in(answer.json()), path


def test_same_id_in_two_districts_is_two_records(cast: Cast) -> None:
    assert cast.hub("/orgs/south").json()["org"]["name"] == "South"
    assert cast.elsewhere("/orgs/south").json()["org"]["name"] == "Elm South"


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer", "Basic x", "Bearer a b"])
def test_no_token_no_answer(cast: Cast, header: str | None) -> None:
    for path in [*WORKS, *SINGLES]:
        headers = {"Authorization": header} if header else {}
        answer = cast.hub.client.get(ROOT + path, headers=headers)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer.json()["statusInfoSet"][0]["imsx_codeMinor"] == "unauthorisedrequest"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_token_opens_what_its_scopes_say(cast: Cast, route: Route) -> None:
    opened_by = {
        Scope.CORE: {"roster-core.readonly", "roster.readonly"},
        Scope.RELATIONS: {"roster.readonly"},
        Scope.DEMOGRAPHICS: {"roster-demographics.readonly"},
    }[route.scope]
    for scope in ("roster-core.readonly", "roster.readonly", "roster-demographics.readonly"):
        token = give_token(cast.hub.connection, [scope])
        answer = cast.hub(_example(route), token=token)
        assert answer.status_code == (200 if scope in opened_by else 403), scope


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete", "options"])
def test_wrong_verb_is_told_the_right_one(cast: Cast, verb: str) -> None:
    for path in [*WORKS, *SINGLES]:
        answer = getattr(cast.hub.client, verb)(ROOT + path, headers=cast.hub.headers())
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD"
        assert answer.json()["statusInfoSet"][0]["imsx_codeMinor"] == "unsupportedoperation"


@pytest.mark.parametrize("path", ["", "/", "/nowhere", "/guardians", "/classes/c2/enrollments/x/y"])
def test_unknown_path_is_json_too(cast: Cast, path: str) -> None:
    answer = cast.hub(path)

    assert answer.status_code == 404
    assert answer.json()["statusInfoSet"][0]["imsx_codeMajor"] == "failure"


def test_collections_bear_a_slash_at_the_end(cast: Cast) -> None:
    assert cast.hub("/users/").json() == cast.hub("/users").json()


def test_every_route_has_an_example() -> None:
    assert {_example(route) for route in ROUTES} == {*WORKS, *SINGLES}


@pytest.mark.skipif(not _FACTS.exists(), reason="the fact base is not beside this checkout")
def test_routes_are_those_of_the_standard() -> None:
    operations = json.loads(_FACTS.read_text())["1.1"]["rostering"]
    theirs = {(_shape(row["path"]), row["container"], row["containerKind"]) for row in operations}
    ours = {
        (_shape(r.path), r.container, "array" if r.answer is Answer.COLLECTION else "object")
        for r in ROUTES
    }
    assert ours == theirs
    for row in operations:
        route = next(r for r in ROUTES if _shape(r.path) == _shape(row["path"]))
        assert {SCOPES + scope for scope in row["scopesAnyOf"]} <= set(route.scopes)


def _shape(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))


def _ids_in(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["sourcedId"]} if "sourcedId" in value else set()
        return own.union(*(_ids_in(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(_ids_in(inner) for inner in value))
    return set()
