"""Values that go into apply and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rollbook.oneroster import Resource


@dataclass(frozen=True, slots=True)
class Publish:
    """One publish of one district: under which number and at which moment it happens.

    Attributes:
        number: The change number of everything it touches.
        is_first: Nothing was published before.
    """

    district_id: int
    run_number: int
    source_number: int
    number: int
    moment: datetime
    is_first: bool

    @property
    def parameters(self) -> dict[str, object]:
        """The constants of its statements."""
        return {
            "district": self.district_id,
            "number": self.number,
            "moment": self.moment.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class ApplyReport:
    """What was written.

    Attributes:
        change_number: The number published under; None when nothing changed.
        touched: Records created, updated or removed, by resource.
        do_notes_change: Whether the snapshot's notes have to be stored anew: only beside their
            tombstones was it known which links have returned.
    """

    change_number: int | None
    touched: Mapping[Resource, int]
    do_notes_change: bool = False
