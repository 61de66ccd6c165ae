"""What the commands about the past have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rollbook.districts.models import District
    from rollbook.staging.data import Workspace

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


def moment(at: datetime | None) -> str:
    """Return an instant as tables show it, in UTC."""
    from datetime import UTC

    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if at else ""
