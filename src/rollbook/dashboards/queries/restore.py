"""The page that asks whether an earlier run shall be restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rollbook.dashboards.times import listed
from rollbook.districts.models import District
from rollbook.roster.models import Org, Roster
from rollbook.runs.models import RunState, SyncRun

SCHOOLS_OFFERED = 1_000


@dataclass(frozen=True, slots=True)
class RestorePage:
    """What a restore would bring back.

    Attributes:
        can: Whether the run can be restored: it was published, is not the present one, and its
            snapshot is kept.
        present: The run that is published now.
        schools: Id and name of the schools of today's roster.
    """

    number: int
    when: str
    can: bool
    present: int | None
    schools: list[tuple[str, str]]


def read_restore(run: SyncRun, district: District, *, now: datetime) -> RestorePage:
    """Read the page for one run."""
    roster = Roster.objects.filter(district=district).first()
    present = roster.published_run if roster else None
    schools = Org.objects.filter(district=district, type="school").order_by("name", "sourced_id")
    return RestorePage(
        number=run.number,
        when=listed(run.created_at, zone=district.time_zone, now=now),
        can=run.state == RunState.PUBLISHED and bool(run.snapshot) and run.number != present,
        present=present,
        schools=[*schools.values_list("sourced_id", "name")[:SCHOOLS_OFFERED]],
    )
