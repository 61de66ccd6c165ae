"""What PostgreSQL itself keeps apart, whatever the code above it forgets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from rollbook.districts.access import access_district, districts_of
from rollbook.districts.models import District, Membership, Role
from rollbook.districts.policies import find_unsecured, secure_tables
from rollbook.districts.session import enter_district, name_person

from .rows import fill_tables, key_of, models_of_districts, row_of, tables_of_districts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def oak() -> District:
    return District.objects.create(name="Oak", slug="oak")


@pytest.fixture
def elm() -> District:
    return District.objects.create(name="Elm", slug="elm")


@pytest.fixture
def filled(oak: District, elm: District) -> None:
    """A row of each district in every table."""
    for district in (oak, elm):
        fill_tables(district)
    assert seen() == {table: {oak.pk, elm.pk} for table in tables_of_districts()}


@pytest.fixture
def as_web() -> Iterator[None]:
    """Work as the web's role for the rest of the test."""
    from tests.web_role import web_role

    with web_role():
        yield


def seen() -> dict[str, set[int]]:
    """Return whose rows a query finds that has forgotten to ask for a district, in each table."""
    found = {}
    for table in tables_of_districts():
        with connection.cursor() as cursor:
            cursor.execute(f"select {key_of(table)} from {table}")
            found[table] = {number for (number,) in cursor.fetchall()}
    return found


def run(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def test_nothing_is_seen_before_a_district_is_entered(filled: None, as_web: None) -> None:
    assert seen() == {table: set() for table in tables_of_districts()}


def test_a_query_without_a_filter_finds_one_district(
    filled: None, oak: District, as_web: None
) -> None:
    enter_district(oak.pk)
    assert seen() == {table: {oak.pk} for table in tables_of_districts()}


def test_another_district_replaces_the_one_before(
    filled: None, oak: District, elm: District, as_web: None
) -> None:
    enter_district(oak.pk)
    enter_district(elm.pk)
    assert seen() == {table: {elm.pk} for table in tables_of_districts()}


def test_no_row_is_written_for_another_district(
    filled: None, oak: District, elm: District, as_web: None
) -> None:
    enter_district(oak.pk)
    for model in models_of_districts():
        row = row_of(model, elm)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            model._default_manager.bulk_create([row])


def test_no_row_is_moved_into_another_district(
    filled: None, oak: District, elm: District, as_web: None
) -> None:
    enter_district(oak.pk)
    for table in tables_of_districts():
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            run(f"update {table} set {key_of(table)} = {elm.pk}")


def test_no_row_of_another_district_is_changed_or_deleted(
    filled: None, oak: District, elm: District, as_web: None
) -> None:
    enter_district(oak.pk)
    for table in tables_of_districts():
        key = key_of(table)
        assert run(f"update {table} set {key} = {key} where {key} = {elm.pk}") == 0
        assert run(f"delete from {table} where {key} = {elm.pk}") == 0
        if table != "districts_district":
            assert run(f"delete from {table}") == 1
    enter_district(elm.pk)
    assert seen() == {table: {elm.pk} for table in tables_of_districts()}


def test_tables_cannot_be_emptied_or_changed(as_web: None) -> None:
    for statement in (
        "truncate roster_user",
        "alter table roster_user disable row level security",
        "drop policy of_district on roster_user",
        "create table another_way_out ()",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            run(statement)


def test_a_person_finds_own_districts_before_one_is_chosen(
    oak: District, elm: District, django_user_model: type[User], as_web: None
) -> None:
    from tests.web_role import as_owner

    with as_owner():
        dana = django_user_model.objects.create_user("dana")
        others = django_user_model.objects.create_user("others")
        Membership.objects.create(district=oak, person=dana, role=Role.OWNER)
        Membership.objects.create(district=oak, person=others, role=Role.OWNER)
        Membership.objects.create(district=elm, person=others, role=Role.OWNER)
    assert [*districts_of(dana)] == [oak]
    assert [*District.objects.all()] == [oak]
    assert [*Membership.objects.values_list("person_id", flat=True)] == [dana.pk]
    access_district(dana, "oak")
    assert {*Membership.objects.values_list("district_id", flat=True)} == {oak.pk}
    assert Membership.objects.count() == 2


def test_a_role_taken_from_a_person_in_another_district_is_not_theirs_to_change(
    oak: District, django_user_model: type[User], as_web: None
) -> None:
    from tests.web_role import as_owner

    with as_owner():
        dana = django_user_model.objects.create_user("dana")
        Membership.objects.create(district=oak, person=dana, role=Role.READ_ONLY)
    name_person(dana.pk)
    assert Membership.objects.update(role=Role.OWNER) == 0
    assert District.objects.update(name="Mine") == 0


@pytest.mark.parametrize("is_active", [True, False])
def test_an_operator_finds_every_district(
    oak: District, elm: District, django_user_model: type[User], is_active: bool, as_web: None
) -> None:
    from tests.web_role import as_owner

    with as_owner():
        operator = django_user_model.objects.create_user(
            "operator", is_staff=True, is_active=is_active
        )
    name_person(operator.pk)
    assert {*District.objects.all()} == ({oak, elm} if is_active else set())


def test_a_table_that_nobody_secured_is_found_and_secured(client: Client) -> None:
    run("create table runs_forgotten (district_id bigint, number int)")
    assert find_unsecured() == ["runs_forgotten"]
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "runs_forgotten" in response.json()["missing"][0]
    secure_tables()
    assert find_unsecured() == []
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    "statement",
    [
        "create policy wide_open on roster_user using (true)",
        "drop policy of_district on roster_user",
        "alter table roster_user disable row level security",
    ],
)
def test_what_somebody_opened_is_closed_again(statement: str) -> None:
    run(statement)
    assert find_unsecured() == ["roster_user"]
    secure_tables()
    assert find_unsecured() == []


def test_a_second_time_changes_nothing() -> None:
    policies = "select array_agg(oid order by oid) from pg_policy"
    with connection.cursor() as cursor:
        cursor.execute(policies)
        before: Any = cursor.fetchone()
        secure_tables()
        cursor.execute(policies)
        assert cursor.fetchone() == before
