"""Giving people their roles in a district, and taking them back."""

from __future__ import annotations

import structlog
from django.contrib.auth.models import User
from django.db import transaction

from rollbook.districts.models import District, Membership, Role
from rollbook.errors import RollbookError

log = structlog.get_logger(__name__)


class RoleRefusedError(RollbookError):
    """A role cannot be given or taken as asked. Its text is a sentence for the person who asked."""


def add_person(district: District, *, email: str, role: Role, acting_user: User) -> Membership:
    """Give the account with this e-mail address a role in the district.

    Raises:
        RoleRefusedError: There is no such account, or it has a role here already.
    """
    person = User.objects.filter(email__iexact=email, is_active=True).order_by("pk").first()
    if person is None:
        raise RoleRefusedError(
            "Nobody signs in with this address. Check it, or ask whoever runs this installation "
            "to open an account."
        )
    membership, is_added = Membership.objects.get_or_create(
        district=district, person=person, defaults={"role": role}
    )
    if not is_added:
        raise RoleRefusedError("This person works here already. Change the role in the list.")
    _record("A role was given", membership, acting_user)
    return membership


def change_role(membership: Membership, *, role: Role, acting_user: User) -> None:
    """Give a person of the district another role."""
    with transaction.atomic():
        _keep_an_owner(membership, becoming=role)
        Membership.objects.filter(pk=membership.pk).update(role=role)
    membership.role = role
    _record("A role was changed", membership, acting_user)


def remove_person(membership: Membership, *, acting_user: User) -> None:
    """Take a person's role in the district away. The account itself stays."""
    with transaction.atomic():
        _keep_an_owner(membership, becoming=None)
        Membership.objects.filter(pk=membership.pk).delete()
    _record("A role was taken away", membership, acting_user)


def _keep_an_owner(membership: Membership, *, becoming: Role | None) -> None:
    # Two owners may each take the other's role in the same second; the second one waits for this
    # lock and then sees what the first has done.
    District.objects.select_for_update().get(pk=membership.district_id)
    others = Membership.objects.filter(district=membership.district_id, role=Role.OWNER)
    if becoming != Role.OWNER and not others.exclude(person=membership.person_id).exists():
        raise RoleRefusedError("A district needs an owner. Make somebody else an owner first.")


def _record(event: str, membership: Membership, acting_user: User) -> None:
    log.info(
        event,
        district=membership.district_id,
        person=membership.person_id,
        role=membership.role,
        acting_user=acting_user.pk,
    )
