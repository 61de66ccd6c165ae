"""As whom a process works in PostgreSQL, and what it says when that is the wrong one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import ProgrammingError, connection
from django.db.utils import ConnectionHandler
from tests.web_role import web_role

from rollbook.districts import session
from rollbook.postgres.address import WEB_ROLE, dsn_of
from rollbook.project.connection import django_database, keep_open, work_as
from rollbook.project.roles import (
    RoleError,
    prepare_web_role,
    refuse_bound_owner,
    refuse_unbound_web,
)

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

_TOLD = (
    "select current_setting('rollbook.district_id', true),"
    " current_setting('rollbook.person_id', true)"
)


def test_web_is_refused_the_owners_eyes() -> None:
    with pytest.raises(RoleError, match=r"role rollbook, which sees every district.*ROLE=none"):
        refuse_unbound_web()


def test_web_may_see_all_where_somebody_says_so(settings: SettingsWrapper) -> None:
    settings.ROLLBOOK_WEB_ROLE = "none"
    refuse_unbound_web()


def test_web_is_welcome_as_its_own_role() -> None:
    with web_role():
        refuse_unbound_web()


def test_web_waits_until_the_tables_are_secured() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop policy of_district on roster_user")
    with (
        web_role(),
        pytest.raises(RoleError, match=r"protect roster_user\. Run `rollbook migrate`"),
    ):
        refuse_unbound_web()


def test_worker_and_commands_are_refused_the_webs_eyes() -> None:
    refuse_bound_owner()
    with web_role(), pytest.raises(RoleError, match="Name the owner of the tables"):
        refuse_bound_owner()


def test_an_empty_database_is_told_from_a_wrong_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table districts_district rename to gone")
    with pytest.raises(RoleError, match="no tables yet"):
        refuse_unbound_web()


def test_a_role_that_may_not_be_made_is_asked_for(settings: SettingsWrapper) -> None:
    settings.ROLLBOOK_WEB_ROLE = "the web's"
    asked = 'create role "the web\'s"; grant "the web\'s" to rollbook; then run `rollbook migrate`'
    with pytest.raises(RoleError) as refusal:
        prepare_web_role()
    assert asked in str(refusal.value)


def test_without_a_role_the_tables_are_secured_all_the_same(settings: SettingsWrapper) -> None:
    settings.ROLLBOOK_WEB_ROLE = "none"
    with connection.cursor() as cursor:
        cursor.execute("drop policy of_district on roster_user")
        prepare_web_role()
        cursor.execute("select from pg_policies where tablename = 'roster_user'")
        assert cursor.rowcount == 1


@pytest.mark.parametrize(
    ("options", "role", "expected"),
    [
        (None, "web", "-c role=web"),
        ("-c statement_timeout=5s", "web", "-c statement_timeout=5s -c role=web"),
        ("-c role=web", "web", "-c role=web"),
        (None, r"our web\s", r"-c role=our\ web\\s"),
    ],
)
def test_role_is_chosen_by_an_option(options: str | None, role: str, expected: str) -> None:
    database = {"OPTIONS": {"options": options} if options else {}}
    work_as(database, role)
    assert database["OPTIONS"]["options"] == expected


@pytest.fixture
def pooled(monkeypatch: pytest.MonkeyPatch) -> Iterator[BaseDatabaseWrapper]:
    """A connection as the web has it: one of a pool of one, under the web's role."""
    database = {**connection.settings_dict, "OPTIONS": {**connection.settings_dict["OPTIONS"]}}
    work_as(database, "rollbook_web")
    keep_open(database, 1)
    wrapper = ConnectionHandler({"default": database})["default"]
    monkeypatch.setattr(session, "connection", wrapper)
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def ask(wrapper: BaseDatabaseWrapper, question: str) -> tuple[object, ...]:
    with wrapper.cursor() as cursor:
        cursor.execute(question)
        answer: tuple[object, ...] = cursor.fetchone()
        return answer


def process_of(wrapper: BaseDatabaseWrapper) -> int:
    wrapper.ensure_connection()
    process: int = wrapper.connection.info.backend_pid
    return process


def test_the_webs_role_may_sign_in_itself(server_folder: Path) -> None:
    name = connection.settings_dict["NAME"]
    database = django_database(dsn_of(server_folder, database=name, user=WEB_ROLE))
    work_as(database, WEB_ROLE)
    wrapper = ConnectionHandler({"default": database})["default"]
    assert ask(wrapper, "select current_user, session_user") == (WEB_ROLE, WEB_ROLE)
    with pytest.raises(ProgrammingError, match="permission denied to set role"):
        ask(wrapper, "select set_config('role', 'rollbook', false)")
    wrapper.close()


def test_connection_of_the_pool_forgets_its_request(pooled: BaseDatabaseWrapper) -> None:
    session.enter_district(7)
    session.name_person(8)
    assert ask(pooled, _TOLD) == ("7", "8")
    assert ask(pooled, "select current_user") == ("rollbook_web",)
    process = process_of(pooled)
    pooled.close()
    assert process_of(pooled) == process
    assert ask(pooled, _TOLD) == ("", "")
    assert ask(pooled, "select current_user") == ("rollbook_web",)


def test_request_that_breaks_off_leaves_nothing_behind(pooled: BaseDatabaseWrapper) -> None:
    session.enter_district(7)
    pooled.set_autocommit(False)
    with pytest.raises(Exception, match="division by zero"):
        ask(pooled, "select 1 / 0")
    process = process_of(pooled)
    pooled.close()
    assert process_of(pooled) == process
    assert ask(pooled, _TOLD) == ("", "")


def test_what_a_broken_transaction_entered_is_not_seen_outside_it(
    pooled: BaseDatabaseWrapper,
) -> None:
    pooled.set_autocommit(False)
    session.enter_district(7)
    pooled.rollback()
    pooled.set_autocommit(True)
    (district, _) = ask(pooled, _TOLD)
    assert not district
    assert ask(pooled, "select count(*) from roster_user") == (0,)


def test_connection_that_cannot_forget_is_thrown_away(
    pooled: BaseDatabaseWrapper,
) -> None:
    session.enter_district(7)
    process = process_of(pooled)
    connection.ensure_connection()
    connection.connection.execute("select pg_terminate_backend(%s)", [process])
    pooled.close()
    assert process_of(pooled) != process
    assert not any(ask(pooled, _TOLD))
