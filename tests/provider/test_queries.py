"""How many queries a request takes: few, and no more when the roster grows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rollbook.sharing.models import Connection

from .cast import Cast
from .test_paging import add_users, links
from .test_routes import SINGLES, WORKS


@pytest.mark.parametrize("is_whole", [True, False])
def test_no_request_takes_more_than_five(cast: Cast, is_whole: bool) -> None:
    if not is_whole:
        Connection.objects.update(counts={})
    for path in [*WORKS, *SINGLES]:
        for query in ({}, {"limit": 1}, {"limit": 1, "offset": 1}):
            with CaptureQueriesContext(connection) as queries:
                assert cast.hub(path, **query).status_code == 200
            assert len(queries) <= (3 if path in SINGLES else 5), path


def test_page_behind_a_link_takes_three(cast: Cast) -> None:
    following = links(cast.hub("/users", limit=2))["next"]
    with CaptureQueriesContext(connection) as queries:
        cast.hub.at(following)
    assert len(queries) == 3  # the token, its connection, and the page


def test_twice_the_people_take_as_many_queries(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as before:
        cast.hub("/users")
    add_users(cast, {f"more-{n}" for n in range(10)})
    with CaptureQueriesContext(connection) as after:
        cast.hub("/users")
    assert len(after) == len(before) == 4


def test_every_query_of_a_roster_names_district_and_connection(cast: Cast) -> None:
    connection_number = cast.partial.connection.number
    for path in WORKS:
        with CaptureQueriesContext(connection) as queries:
            cast.partial(path, offset=1)
        # The first finds the token, the second its connection.
        for query in queries.captured_queries[2:]:
            assert f"district_id = {cast.partial.connection.district_id}" in query["sql"]
            assert f"connection_number = {connection_number}" in query["sql"]
