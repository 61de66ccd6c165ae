"""Who works in a district, and as what."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.dashboards.cast import Cast

from rollbook.dashboards.queries.people import read_people
from rollbook.districts.models import Membership, Role

PAGE = "/districts/oakwood/people/"


@pytest.fixture
def owner(cast: Cast, client: Client) -> Client:
    client.force_login(cast.owner)
    return client


def role_of(cast: Cast, person: User) -> str | None:
    membership = Membership.objects.filter(district=cast.oakwood, person=person).first()
    return membership.role if membership else None


def test_people_are_listed_by_role_and_name(cast: Cast) -> None:
    assert [line.name for line in read_people(cast.oakwood)] == [
        "Dana Okafor",
        "Miguel Núñez",
        "Ruth Achterberg",
    ]


def test_reader_sees_people_and_cannot_change_them(cast: Cast, client: Client) -> None:
    client.force_login(cast.reader)
    html = client.get(PAGE).content.decode()
    assert "miguel@example.org" in html
    assert "Add somebody" not in html


def test_owner_adds_an_existing_account(cast: Cast, owner: Client) -> None:
    owner.post(PAGE, {"email": "OSKAR@example.org", "role": "data_manager"})
    assert role_of(cast, cast.outsider) == Role.DATA_MANAGER


def test_unknown_address_is_refused_beside_the_field(owner: Client) -> None:
    answer = owner.post(PAGE, {"email": "nobody@example.org", "role": "owner"})
    assert answer.status_code == 422
    assert "Nobody signs in with this address." in answer.content.decode()


def test_somebody_who_works_here_is_not_added_twice(cast: Cast, owner: Client) -> None:
    answer = owner.post(PAGE, {"email": "ruth@example.org", "role": "owner"})
    assert "works here already" in answer.content.decode()
    assert role_of(cast, cast.reader) == Role.READ_ONLY


def test_owner_changes_a_role_and_takes_it_away(cast: Cast, owner: Client) -> None:
    address = f"{PAGE}{cast.reader.pk}"
    owner.post(f"{address}/role/", {"role": "data_manager"})
    assert role_of(cast, cast.reader) == Role.DATA_MANAGER
    owner.post(f"{address}/remove/")
    assert role_of(cast, cast.reader) is None
    assert User.objects.filter(pk=cast.reader.pk).exists()


@pytest.mark.parametrize(("verb", "data"), [("role", {"role": "read_only"}), ("remove", {})])
def test_last_owner_stays(cast: Cast, owner: Client, verb: str, data: dict[str, str]) -> None:
    html = owner.post(f"{PAGE}{cast.owner.pk}/{verb}/", data, follow=True).content.decode()
    assert "A district needs an owner." in html
    assert role_of(cast, cast.owner) == Role.OWNER


def test_role_that_does_not_exist_changes_nothing(cast: Cast, owner: Client) -> None:
    owner.post(f"{PAGE}{cast.reader.pk}/role/", {"role": "emperor"})
    assert role_of(cast, cast.reader) == Role.READ_ONLY


def test_people_cost_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Membership.objects.create(district=cast.oakwood, person=cast.outsider, role=Role.OWNER)
    with django_assert_num_queries(1):
        read_people(cast.oakwood)
