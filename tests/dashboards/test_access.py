"""Who may open and do what: a row for every address of the pages, a column for every person."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from tests.dashboards.cast import Cast, ask, connect, publish_roster, run_of
from tests.districts.rows import fill_tables, tables_of_districts
from tests.districts.spying import PEOPLES, forgetful_queries

from rollbook.dashboards.urls import urlpatterns
from rollbook.districts.models import District
from rollbook.runs.models import RunState

PEOPLE = ("owner", "operator", "data_manager", "reader", "outsider", "nobody")
SIGN_IN = "sign-in"
_OPEN = (200, 302, 422)


@dataclass(frozen=True, slots=True)
class Row:
    """What each of `PEOPLE` gets, in that order: a status, or the way to the sign-in page."""

    route: str
    method: str
    answers: tuple[int | str, ...]
    data: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def looks(route: str) -> Row:
    """Return the row of a page that everybody of the district may look at."""
    return Row(route, "get", (200, 200, 200, 200, 404, SIGN_IN))


def asks(route: str, **data: str) -> Row:
    """Return the row of a question that everybody of the district may ask."""
    return Row(route, "post", (302, 302, 302, 302, 404, SIGN_IN), tuple(data.items()))


def runs(route: str, *, status: int, method: str = "post", **data: str) -> Row:
    """Return the row of what a data manager may do."""
    answers = (status, status, status, 403, 404, SIGN_IN)
    return Row(route, method, answers, tuple(data.items()))


def owns(route: str, *, status: int, **data: str) -> Row:
    """Return the row of what an owner may do."""
    return Row(route, "post", (status, status, 403, 403, 404, SIGN_IN), tuple(data.items()))


MATRIX = (
    # Three have one district and are led to it, the operator sees the list of all.
    Row("home", "get", (302, 200, 302, 302, 302, SIGN_IN)),
    Row("patterns", "get", (200, 200, 200, 200, 200, SIGN_IN)),
    looks("district"),
    runs("upload", method="get", status=200),
    runs("upload", status=422),
    looks("run"),
    runs("run-approve", status=302, digest="a digest", reason="It is summer."),
    runs("run-discard", status=302, reason="The export was cut off."),
    looks("run-findings"),
    looks("ids"),
    runs("ids", status=422, reason="They told us."),
    looks("sources"),
    runs("run-restore", method="get", status=200),
    runs("run-restore", status=422, reason="The export was cut off."),
    looks("history"),
    asks("compare", before="1", after="2"),
    asks("record", record="stu-1"),
    looks("answer"),
    looks("erasures"),
    owns("erasures", status=302, person="stu-1", reason="The family asked.", is_sure="on"),
    owns("erasure-lift", status=302),
    looks("applications"),
    owns("application-secret", status=200),
    looks("people"),
    owns("people", status=422, email="nobody@example.org", role="read_only"),
    owns("person-role", status=302, role="owner"),
    owns("person-remove", status=302),
)
CASES = [
    pytest.param(row, person, answer, id=f"{row} {person}")
    for row in MATRIX
    for person, answer in zip(PEOPLE, row.answers, strict=True)
]


@pytest.fixture
def district(cast: Cast) -> None:
    """A roster, a held run and a connection, so that every address leads somewhere."""
    publish_roster(cast.oakwood)
    run_of(cast.oakwood, number=1, state=RunState.HELD, digest="a digest")
    connect(cast.oakwood)
    ask(cast.oakwood)


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(("row", "person", "answer"), CASES)
def test_each_person_gets_what_the_role_allows(
    cast: Cast, client: Client, row: Row, person: str, answer: int | str
) -> None:
    if person != "nobody":
        client.force_login(cast.everybody[person])
    address = _address(row.route, cast, slug="oakwood")
    response = getattr(client, row.method)(address, dict(row.data))
    if answer == SIGN_IN:
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))
    else:
        assert response.status_code == answer


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("person", ["owner", "operator", "outsider", "nobody"])
@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_a_query_that_forgets_the_district_finds_one_that_the_person_may_open(
    cast: Cast, client: Client, row: Row, person: str
) -> None:
    oakwood, elm_valley = cast.oakwood, District.objects.get(slug="elm-valley")
    for district in (oakwood, elm_valley):
        fill_tables(district)
    if person != "nobody":
        client.force_login(cast.everybody[person])
    with forgetful_queries() as found:
        response = getattr(client, row.method)(
            _address(row.route, cast, slug="oakwood"), dict(row.data)
        )
        b"".join(response)  # findings are streamed
    is_open = row.route not in ("home", "patterns") and row.answers[PEOPLE.index(person)] in _OPEN
    everything = {(table, oakwood.pk) for table in tables_of_districts() if table not in PEOPLES}
    assert found == (everything if is_open else set())


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("row", [row for row in MATRIX if row.answers[4] == 404], ids=str)
def test_a_strange_district_looks_like_one_that_does_not_exist(
    cast: Cast, client: Client, row: Row
) -> None:
    client.force_login(cast.outsider)
    strange, missing = (
        getattr(client, row.method)(_address(row.route, cast, slug=slug), dict(row.data))
        for slug in ("oakwood", "no-such-district")
    )
    assert strange.status_code == missing.status_code == 404
    assert b"Oakwood" not in strange.content


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize(
    "route",
    [
        "run",
        "run-approve",
        "run-discard",
        "run-findings",
        "run-restore",
        "answer",
        "erasure-lift",
        "application-secret",
    ],
)
def test_a_number_of_another_district_is_not_found(cast: Cast, client: Client, route: str) -> None:
    client.force_login(cast.outsider)
    address = _address(route, cast, slug="elm-valley")
    responses = [client.get(address), client.post(address, {"reason": "Mine."})]
    assert {response.status_code for response in responses} <= {404, 405}
    assert 404 in {response.status_code for response in responses}


def test_every_route_has_a_row_in_the_matrix() -> None:
    routes = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert routes == {row.route for row in MATRIX}
    assert len(urlpatterns) == len(routes)


def test_an_inactive_person_gets_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    cast.owner.is_active = False
    cast.owner.save(update_fields=["is_active"])
    assert client.get("/districts/oakwood/").status_code == 302


def _address(route: str, cast: Cast, *, slug: str) -> str:
    keys: dict[str, dict[str, str | int]] = {
        "home": {},
        "patterns": {},
        "person-role": {"slug": slug, "person_id": cast.reader.pk},
        "person-remove": {"slug": slug, "person_id": cast.reader.pk},
    }
    numbered = route.startswith(("run", "application-", "answer", "erasure-"))
    usual: dict[str, str | int] = {"slug": slug, "number": 1} if numbered else {"slug": slug}
    return reverse(route, kwargs=keys.get(route, usual))
