"""A web server that was really started keeps districts apart, whatever its code forgets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql
from tests.commands.test_main import rollbook
from tests.processes.serving import Serve, get
from tests.provider.cast import ROOT, Cast, Reading, set_the_stage

from rollbook.postgres.address import SUPERUSER, dsn_of

OAK = {"oak", "north/1", "south"}
ELM = {"south"}
OTHER_ROLE = "a role of the web"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return set_the_stage()


@pytest.fixture
def database_url(transactional_db: None, server_folder: Path) -> str:
    """The database of this test's own rows, for `serve`."""
    return dsn_of(server_folder, database=connection.settings_dict["NAME"])


def orgs(port: int, reading: Reading) -> set[str]:
    """Return what an application finds."""
    status, body = get(port, f"{ROOT}/orgs", **reading.headers())
    assert status == 200, body
    return {record["sourcedId"] for record in json.loads(body)["orgs"]}


@contextmanager
def hidden_orgs() -> Iterator[None]:
    """Let a policy show no org to anybody whom policies bind."""
    with connection.cursor() as cursor:
        cursor.execute("create policy none_at_all on roster_org as restrictive using (false)")
        try:
            yield
        finally:
            cursor.execute("drop policy none_at_all on roster_org")


@pytest.mark.parametrize("pool", ["0", "1"])
def test_one_connection_serves_one_district_after_another(
    cast: Cast, serve: Serve, pool: str
) -> None:
    one = {"ROLLBOOK_WEB_PROCESSES": "1", "ROLLBOOK_WEB_THREADS": "1"}
    _, port = serve(**one, ROLLBOOK_DATABASE_POOL=pool)
    for _ in range(5):
        assert orgs(port, cast.hub) == OAK
        assert orgs(port, cast.elsewhere) == ELM
        assert get(port, f"{ROOT}/orgs", Authorization="Bearer nobody")[0] == 401
    with hidden_orgs():
        assert orgs(port, cast.hub) == orgs(port, cast.elsewhere) == set()


@pytest.fixture
def superuser_url(server_folder: Path, database_url: str) -> Iterator[str]:
    """The same database, as whoever rules the whole server; afterwards the other role is gone."""
    yield dsn_of(server_folder, database=connection.settings_dict["NAME"], user=SUPERUSER)
    url = dsn_of(server_folder, database=connection.settings_dict["NAME"], user=SUPERUSER)
    with psycopg.connect(url, autocommit=True) as superuser:
        for statement in ("drop owned by {}", "drop role {}"):
            superuser.execute(sql.SQL(statement).format(sql.Identifier(OTHER_ROLE)))


def test_migrate_makes_the_role_and_even_a_superuser_serves_by_it(
    cast: Cast, serve: Serve, superuser_url: str
) -> None:
    environment = {"DATABASE_URL": superuser_url, "ROLLBOOK_WEB_ROLE": OTHER_ROLE}
    key = "a key for tests that signs nothing of value"
    migrated = rollbook("migrate", **environment, SECRET_KEY=key)
    assert migrated.returncode == 0, migrated.stderr
    _, port = serve(**environment)
    assert orgs(port, cast.hub) == OAK
    with hidden_orgs():
        assert orgs(port, cast.hub) == set()


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("rollbook", "which sees every district"),
        ("nobody_made_it", "run `rollbook migrate`"),
    ],
)
def test_web_does_not_start_as_the_wrong_role(database_url: str, role: str, said: str) -> None:
    refused = rollbook("web", DATABASE_URL=database_url, ROLLBOOK_WEB_ROLE=role)
    assert refused.returncode == 1
    assert said in refused.stderr


def test_commands_do_not_start_as_the_webs_role(database_url: str) -> None:
    url = database_url.replace("user=rollbook", "user=rollbook_web")
    for command in (["runs", "--district", "oak"], ["worker"]):
        refused = rollbook(*command, DATABASE_URL=url)
        assert refused.returncode == 1
        assert "Name the owner of the tables in DATABASE_URL" in refused.stderr
