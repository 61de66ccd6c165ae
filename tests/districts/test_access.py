"""The door to a district: who gets in, and what a role reaches."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import Http404

from rollbook.districts.access import Standing, access_district, access_row, districts_of
from rollbook.districts.models import District, Membership, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def oakwood() -> District:
    return District.objects.create(name="Oakwood", slug="oakwood")


@pytest.fixture
def dana(oakwood: District) -> User:
    """A data manager of Oakwood."""
    dana = User.objects.create_user("dana")
    Membership.objects.create(district=oakwood, person=dana, role=Role.DATA_MANAGER)
    return dana


def test_a_person_enters_with_the_role_given(oakwood: District, dana: User) -> None:
    standing = access_district(dana, "oakwood", at_least=Role.DATA_MANAGER)
    assert standing == Standing(oakwood, Role.DATA_MANAGER, is_operator=False)


def test_a_role_too_low_is_refused(dana: User) -> None:
    with pytest.raises(PermissionDenied):
        access_district(dana, "oakwood", at_least=Role.OWNER)


@pytest.mark.parametrize("slug", ["elm-valley", "no-such-district"])
def test_a_strange_district_and_a_missing_one_look_alike(dana: User, slug: str) -> None:
    District.objects.create(name="Elm Valley", slug="elm-valley")
    with pytest.raises(Http404):
        access_district(dana, slug)


def test_an_operator_may_do_everything_everywhere(oakwood: District) -> None:
    standing = access_district(User(is_staff=True), "oakwood", at_least=Role.OWNER)
    assert standing == Standing(oakwood, Role.OWNER, is_operator=True)


@pytest.mark.parametrize("person", [AnonymousUser(), User(is_staff=True, is_active=False)])
def test_nobody_and_inactive_people_get_nothing(
    oakwood: District, person: User | AnonymousUser
) -> None:
    assert not districts_of(person).exists()
    with pytest.raises(Http404):
        access_district(person, "oakwood")


@pytest.mark.parametrize(
    ("role", "may_run", "may_own"),
    [
        (Role.READ_ONLY, False, False),
        (Role.DATA_MANAGER, True, False),
        (Role.OWNER, True, True),
    ],
)
def test_a_role_reaches_what_those_below_it_reach(
    oakwood: District, role: Role, may_run: bool, may_own: bool
) -> None:
    standing = Standing(oakwood, role, is_operator=False)
    assert (standing.may_run, standing.may_own) == (may_run, may_own)


def test_a_row_of_another_district_is_not_found(oakwood: District, dana: User) -> None:
    elm_valley = District.objects.create(name="Elm Valley", slug="elm-valley")
    Membership.objects.create(district=elm_valley, person=dana, role=Role.OWNER)
    rows = Membership.objects.filter(role=Role.OWNER)
    standing = access_district(dana, "oakwood")
    with pytest.raises(Http404):
        access_row(standing, rows, person_id=dana.pk)


def test_districts_are_those_of_the_person(oakwood: District, dana: User) -> None:
    elm_valley = District.objects.create(name="Elm Valley", slug="elm-valley")
    assert list(districts_of(dana)) == [oakwood]
    operator = User(is_staff=True)
    assert set(districts_of(operator)) == {oakwood, elm_valley}
