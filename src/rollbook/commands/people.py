"""The person on whose word a command acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from rollbook.districts.models import District


def find_decider(district: District, email: str) -> User:
    """Return the account that may decide for a district.

    Raises:
        ConfigurationError: There is no such account, or it may not.
    """
    from django.contrib.auth.models import User
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    from rollbook.districts.access import access_district
    from rollbook.districts.models import Role
    from rollbook.errors import ConfigurationError

    person = User.objects.filter(email__iexact=email, is_active=True).order_by("pk").first()
    try:
        if person is None:
            raise Http404
        access_district(person, district.slug, at_least=Role.DATA_MANAGER)
    except (Http404, PermissionDenied):
        raise ConfigurationError(
            f"{email} may not decide for {district.name}. An owner or a data manager of the "
            "district may; the district's page of people lists them."
        ) from None
    return person
