"""Who may see and do what in a district: the only door through which pages reach it.

A district that a person has no part in does not exist for that person (404), so that nobody
learns which districts there are. What asks for more than the person's role is refused (403).
Operators, who are Django staff, have every right everywhere.

PostgreSQL shows a page no row of a district before `access_district` has opened it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from rollbook.districts.models import District, Membership, Role
from rollbook.districts.session import enter_district, name_person

Person = User | AbstractBaseUser | AnonymousUser
RowOfDistrict = TypeVar("RowOfDistrict", bound=models.Model)

# Each role may do what those before it may: a reader looks, a data manager uploads and decides
# about runs, an owner decides who works here and who receives data.
_RANK = {Role.READ_ONLY: 0, Role.DATA_MANAGER: 1, Role.OWNER: 2}


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person is in one district. Only `access_district` makes it.

    Attributes:
        role: The person's role; an operator counts as an owner.
        is_operator: Whether the role comes from running the installation.
    """

    district: District
    role: Role
    is_operator: bool

    def reaches(self, role: Role) -> bool:
        """Return whether this person may do what needs `role`."""
        return _RANK[self.role] >= _RANK[role]

    @property
    def may_run(self) -> bool:
        """Upload deliveries, approve and discard runs."""
        return self.reaches(Role.DATA_MANAGER)

    @property
    def may_own(self) -> bool:
        """Renew credentials, change roles."""
        return self.reaches(Role.OWNER)


def access_district(person: Person, slug: str, *, at_least: Role = Role.READ_ONLY) -> Standing:
    """Return the person's standing in the district of that slug, and open its rows to the request.

    Raises:
        Http404: There is no such district, or the person has no part in it.
        PermissionDenied: The person's role is below `at_least`.
    """
    standing = _standing(person, slug)
    if standing is None:
        raise Http404
    if not standing.reaches(at_least):
        raise PermissionDenied
    enter_district(standing.district.pk)
    return standing


def access_row(
    standing: Standing, rows: models.QuerySet[RowOfDistrict], **key: object
) -> RowOfDistrict:
    """Return the one row of the standing's own district that has this key, or raise Http404."""
    row = rows.filter(district_id=standing.district.pk, **key).first()
    if row is None:
        raise Http404
    return row


def districts_of(person: Person) -> models.QuerySet[District]:
    """Return the districts that the person may open, by name."""
    if not isinstance(person, User) or not person.is_active:
        return District.objects.none()
    name_person(person.pk)
    if person.is_staff:
        return District.objects.all()
    return District.objects.filter(memberships__person=person)


def count_deciders(district_id: int) -> int:
    """Count the people of a district who may approve a run; operators are none of them."""
    deciders = Membership.objects.filter(district_id=district_id, person__is_active=True)
    return deciders.filter(role__in=(Role.OWNER, Role.DATA_MANAGER)).count()


def _standing(person: Person, slug: str) -> Standing | None:
    if not isinstance(person, User) or not person.is_active:
        return None
    name_person(person.pk)
    if person.is_staff:
        district = District.objects.filter(slug=slug).first()
        return Standing(district, Role.OWNER, is_operator=True) if district else None
    memberships = Membership.objects.select_related("district")
    membership = memberships.filter(person=person, district__slug=slug).first()
    if membership is None:
        return None
    return Standing(membership.district, Role(membership.role), is_operator=False)
