"""Pages: walking them gives every record once, in order, whatever their size."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollbook.oneroster import Resource
from rollbook.provider.oneroster.paging import LARGEST_LIMIT
from rollbook.roster.models import Roster, RosterUser
from rollbook.sharing.models import Grant

from .cast import PUBLIC_URL, ROOT, Cast, Reading, remove, share_all

_LINK = re.compile(r'<([^<>,"]+)>; rel="(first|prev|next|last)"')


def links(answer: HttpResponse) -> dict[str, str]:
    """Read a Link header as clients do: split it at the commas."""
    found = {}
    for part in answer["Link"].split(", "):
        match = _LINK.fullmatch(part)
        assert match, part
        found[match[2]] = match[1]
    return found


def ids(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 200, answer.content
    (records, *_) = answer.json().values()
    return [record["sourcedId"] for record in records]


def walk(reading: Reading, path: str, **query: Any) -> list[HttpResponse]:
    pages = [reading(path, **query)]
    while "next" in links(pages[-1]):
        pages.append(reading.at(links(pages[-1])["next"]))
    return pages


def add_users(cast: Cast, served_ids: set[str]) -> None:
    model = RosterUser.objects.get(served_id="pat")
    for served_id in served_ids:
        model.served_id = served_id
        model.save(force_insert=True)
    hub = cast.hub.connection
    Grant.objects.filter(connection_number=hub.number, is_active=True).delete()
    share_all(hub)
    Roster.objects.filter(district=hub.district).update(counts=hub.counts)


served_ids = st.sets(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8),
    max_size=12,
)


@pytest.mark.parametrize("is_whole", [True, False])
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_walking_gives_each_record_once_and_in_order(
    cast: Cast, is_whole: bool, data: st.DataObject
) -> None:
    with transaction.atomic():
        existing = set(RosterUser.objects.values_list("served_id", flat=True))
        add_users(cast, data.draw(served_ids) - existing)
        if not is_whole:
            type(cast.hub.connection).objects.update(counts={})
        limit = data.draw(st.integers(1, 9))
        everything = ids(cast.hub("/users", limit=LARGEST_LIMIT))
        assert everything == sorted(everything, key=str.encode)

        pages = walk(cast.hub, "/users", limit=limit)
        assert [x for page in pages for x in ids(page)] == everything
        assert {page["X-Total-Count"] for page in pages} == {str(len(everything))}

        offset = data.draw(st.integers(0, len(everything) + 2))
        by_offset = cast.hub("/users", limit=limit, offset=offset)
        assert ids(by_offset) == everything[offset : offset + limit]
        transaction.set_rollback(True)


def test_links_of_each_page(cast: Cast) -> None:
    first, second, third = walk(cast.hub, "/users", limit=2)

    assert links(first).keys() == {"first", "next", "last"}
    assert links(second).keys() == {"first", "prev", "next", "last"}
    assert links(third).keys() == {"first", "prev", "last"}
    assert ids(cast.hub.at(links(second)["prev"])) == ids(first)
    assert ids(cast.hub.at(links(first)["last"])) == ids(third)
    assert ids(cast.hub.at(links(third)["first"])) == ids(first)


def test_full_last_page_has_no_next(cast: Cast) -> None:
    answer = cast.hub("/users", limit=5)
    assert len(ids(answer)) == 5
    assert "next" not in links(answer)


def test_links_are_absolute_and_keep_the_other_parameters(cast: Cast) -> None:
    answer = cast.hub("/schools/north%2F1/enrollments", limit=1, odd="a,b<'\">&=%")

    address = urlsplit(links(answer)["next"])
    assert f"{address.scheme}://{address.netloc}" == PUBLIC_URL
    assert address.path == f"{ROOT}/schools/north%2F1/enrollments"
    assert not set("<>,\"'") & set(address.query)
    parameters = parse_qs(address.query)
    assert parameters.pop("cursor")
    assert parameters == {"odd": ["a,b<'\">&=%"], "limit": ["1"], "offset": ["1"]}


def test_limit_is_capped_and_links_say_so(cast: Cast) -> None:
    answer = cast.hub("/users", limit=10_001, offset=1)
    assert "limit=10000&" in links(answer)["first"]


def test_default_limit_is_a_hundred(cast: Cast) -> None:
    assert "limit=100&" in links(cast.hub("/users"))["first"]


def test_offset_past_the_end_is_empty(cast: Cast) -> None:
    for offset in (5, 500, 2**63 - 1):
        answer = cast.hub("/users", offset=offset, limit=2)
        assert ids(answer) == []
        assert answer["X-Total-Count"] == "5"
        assert "next" not in links(answer)
        assert ids(cast.hub.at(links(answer)["last"])) == ["tess"]


@pytest.mark.parametrize("name", ["limit", "offset"])
@pytest.mark.parametrize("value", ["-1", "abc", "1e3", "", "1.5", " 1", "+1", "٣", str(2**63)])
def test_bad_value_is_refused(cast: Cast, name: str, value: str) -> None:
    answer = cast.hub("/users", **{name: value})

    assert answer.status_code == 400
    (status,) = answer.json()["statusInfoSet"]
    assert status["imsx_codeMinor"] == "invaliddata"
    assert name in status["imsx_description"]


def test_no_records_a_page_is_refused(cast: Cast) -> None:
    assert cast.hub("/users", limit=0).status_code == 400
    assert cast.hub("/users", limit=[1, 2]).status_code == 400


@pytest.mark.parametrize(
    "cursor", ["", "x", "W10", "WzEsMiwzLDRd", "bnVsbA", "WzEsIgAiLDEsMV0", "é"]
)
def test_unreadable_cursor_leaves_the_offset_to_count(cast: Cast, cursor: str) -> None:
    assert ids(cast.hub("/users", offset=1, limit=2, cursor=cursor)) == ["ben", "gone"]


def test_cursor_of_another_place_is_passed_over(cast: Cast) -> None:
    following = parse_qs(urlsplit(links(cast.hub("/users", limit=2))["next"]).query)
    answer = cast.hub("/users", offset=1, limit=2, cursor=following["cursor"][0])
    assert ids(answer) == ["ben", "gone"]


def test_walk_misses_nobody_when_somebody_before_leaves(cast: Cast) -> None:
    first = cast.hub("/users", limit=2)
    RosterUser.objects.filter(served_id="ann@oak", district__name="Oak").delete()

    assert ids(cast.hub.at(links(first)["next"]))[0] == "gone"


def test_total_is_counted_anew_after_a_publish(cast: Cast) -> None:
    first = cast.hub("/students", limit=1)
    assert first["X-Total-Count"] == "3"
    remove(cast.hub.connection, Resource.USERS, "ben")
    RosterUser.objects.filter(served_id="tess").update(role="student")
    Roster.objects.update(change_number=3)

    assert cast.hub.at(links(first)["next"])["X-Total-Count"] == "4"


def test_total_takes_known_counts_of_kinds(cast: Cast) -> None:
    connection = cast.hub.connection
    type(connection).objects.filter(number=connection.number).update(
        counts={**connection.counts, "students": 41}
    )
    assert cast.hub("/students")["X-Total-Count"] == "42"  # and one that was removed
