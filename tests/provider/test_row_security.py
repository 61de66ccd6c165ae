"""An endpoint that forgot to ask for the district would still find one district alone."""

from __future__ import annotations

import pytest
from tests.districts.rows import fill_tables, tables_of_districts
from tests.districts.spying import PEOPLES, forgetful_queries

from rollbook.districts.models import District

from .cast import Cast, give_token
from .test_routes import SINGLES, WORKS


@pytest.fixture
def filled(cast: Cast) -> None:
    """Rows in all tables, not only in those that applications read."""
    for district in District.objects.all():
        fill_tables(district)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("path", [*WORKS, *SINGLES, "/users/nobody"])
def test_every_path_sees_the_district_of_its_connection(cast: Cast, path: str) -> None:
    for reading in (cast.hub, cast.partial, cast.elsewhere):
        with forgetful_queries() as found:
            reading(path)
        own = reading.connection.district_id
        assert found == {(table, own) for table in tables_of_districts() if table not in PEOPLES}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("token", ["unknown", ""])
def test_a_token_that_nobody_gave_out_opens_nothing(cast: Cast, token: str) -> None:
    with forgetful_queries() as found:
        assert cast.hub("/users", token=token or " ").status_code == 401
    assert found == set()


@pytest.mark.usefixtures("filled")
def test_a_token_of_an_application_without_a_district_opens_nothing(cast: Cast) -> None:
    connection = cast.hub.connection
    token = give_token(connection)
    type(connection).objects.filter(client=connection.client).delete()
    with forgetful_queries() as found:
        assert cast.hub("/users", token=token).status_code == 403
    assert found == set()
