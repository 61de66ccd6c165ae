"""What the commands about the past have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from rollbook.districts.models import District
    from rollbook.runs.models import SyncRun
    from rollbook.staging.data import Workspace

OfDistrict = Annotated[str, typer.Option("--district", help="The district's name or slug.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Reason = Annotated[str, typer.Option(help="Why, in a sentence; it is kept.")]
ActingUser = Annotated[
    str | None, typer.Option("--as", help="The e-mail address of the person who decides.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@contextmanager
def past_of(name: str) -> Iterator[tuple[District, Workspace]]:
    """Have the database, the district and a folder to read snapshots in."""
    from rollbook.commands.database import ready_database

    with ready_database():
        from rollbook.commands.sync import find_district
        from rollbook.workspace import open_folder

        district = find_district(name)
        with open_folder(f"{district.pk}-past-") as workspace:
            yield district, workspace


def find_run_of(district: District, number: int) -> SyncRun:
    """Return a run of a district, whatever its state.

    Raises:
        ConfigurationError: There is none of that number.
    """
    from rollbook.errors import ConfigurationError
    from rollbook.runs.models import SyncRun

    run = SyncRun.objects.filter(district=district, number=number).first()
    if run is None:
        raise ConfigurationError(
            f"{district.name} has no run {number}. `rollbook runs` lists its runs."
        )
    return run


def find_person(email: str | None) -> User | None:
    """Return the account that acts; none was named: the command line itself does.

    Raises:
        ConfigurationError: Nobody signs in with that address.
    """
    from django.contrib.auth.models import User

    from rollbook.errors import ConfigurationError

    if email is None:
        return None
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise ConfigurationError(f"Nobody signs in with {email}. Check the address.")
    return person


def moment(at: datetime | None) -> str:
    """Return an instant as tables show it, in UTC."""
    from datetime import UTC

    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if at else ""
