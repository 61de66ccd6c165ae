"""What commands that change something ask for: in which district, who decides, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from rollbook.districts.models import District, Role
    from rollbook.runs.models import SyncRun


def _said(reason: str) -> str:
    if not reason.strip():
        raise typer.BadParameter("Say why, in a sentence.")
    return reason.strip()


OfDistrict = Annotated[
    str, typer.Option("--district", help="The district's name, or its name in addresses.")
]
Why = Annotated[
    str, typer.Option("--reason", callback=_said, help="Why, in a sentence that is kept.")
]
Who = Annotated[str, typer.Option("--as", help="E-mail address of the account that decides.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def find_run(district: District, number: int) -> SyncRun:
    """Return a run of the district, whatever its state.

    Raises:
        ConfigurationError: There is none of that number.
    """
    from rollbook.errors import ConfigurationError
    from rollbook.runs.models import SyncRun

    run = SyncRun.objects.filter(district=district, number=number).first()
    if run is None:
        raise ConfigurationError(
            f"{district.name} has no run {number}. `rollbook runs` lists those it has."
        )
    return run


def find_decider(district: District, email: str, *, at_least: Role | None = None) -> User:
    """Return the account that may decide for the district.

    Args:
        at_least: The role that it takes; None: a data manager's.

    Raises:
        ConfigurationError: There is no such account, or it may not.
    """
    from django.contrib.auth.models import User
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    from rollbook.districts.access import access_district
    from rollbook.districts.models import Role
    from rollbook.errors import ConfigurationError

    needed = at_least or Role.DATA_MANAGER
    person = User.objects.filter(email__iexact=email, is_active=True).order_by("pk").first()
    try:
        if person is None:
            raise Http404
        access_district(person, district.slug, at_least=needed)
    except (Http404, PermissionDenied):
        who = "An owner" if needed == Role.OWNER else "An owner or a data manager"
        raise ConfigurationError(
            f"{email} may not decide for {district.name}. {who} of the district may; the "
            "district's page of people lists them."
        ) from None
    return person
