"""What a change set does, in numbers small enough to be kept with its run for ever."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rollbook.oneroster import RESOURCES, Resource

KINDS: Mapping[Resource, tuple[str, ...]] = {
    Resource.ORGS: ("schools", "offices"),
    Resource.USERS: ("students", "teachers", "staff", "contacts"),
}
"""Kinds of record that are told apart: that every teacher goes is little among all people."""

SUBJECTS: tuple[str, ...] = tuple(
    subject for resource in RESOURCES for subject in (str(resource), *KINDS.get(resource, ()))
)
"""What can be counted, in the order in which it is told: each resource, then its kinds."""

_RESOURCE_OF = {kind: resource for resource, kinds in KINDS.items() for kind in kinds}


def resource_of(subject: str) -> Resource:
    """Return the resource that a subject is, or is a kind of."""
    return _RESOURCE_OF.get(subject) or Resource(subject)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records of a subject there are and change.

    Attributes:
        active: Published records before the run, of the run's source.
        rekey: Records that go on under another id; they are in no other count.
        others: Published records of the district's other sources.
        following: Those of `abandon` that go because their person or their class goes.
    """

    active: int = 0
    create: int = 0
    update: int = 0
    abandon: int = 0
    rekey: int = 0
    others: int = 0
    following: int = 0

    @property
    def base(self) -> int:
        """What shares are taken of: the records of the district, whichever source they are of."""
        return self.active + self.others


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of how many records something befalls.

    Attributes:
        measure: What befalls them: `grades`, or `field` of the field that changes.
        school: Only the records of this school; None: all of the district.
        parts: What the amount is made of: {"up": 800, "down": 2}.
    """

    measure: str
    subject: str
    amount: int
    of: int
    field: str | None = None
    school: str | None = None
    parts: Mapping[str, int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drift:
    """A finding about what looks otherwise than in the delivery before."""

    code: str
    file: str
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """A change set in numbers.

    Attributes:
        is_first: Nothing was published before, so nothing can be lost.
        tallies: By subject, for the whole district.
        schools: By school and subject, where anything changes.
        names: Of the schools in `schools` and `figures`.
        figures: Fields that change, and what the changes mean.
        rows: For each file of this delivery and the one before, its rows before and now.
        drift: What looks otherwise than in the delivery before.
    """

    is_first: bool = False
    tallies: Mapping[str, Tally] = dataclasses.field(default_factory=dict)
    schools: Mapping[str, Mapping[str, Tally]] = dataclasses.field(default_factory=dict)
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    rows: Mapping[str, tuple[int, int]] = dataclasses.field(default_factory=dict)
    drift: tuple[Drift, ...] = ()

    def tally(self, subject: str) -> Tally:
        """Return the tally of a subject; all zero where there is nothing of it."""
        return self.tallies.get(subject, Tally())

    def as_json(self) -> dict[str, Any]:
        """Return the statistics as JSON can hold them, without what is zero or empty."""
        return {
            "is_first": self.is_first,
            "tallies": _tallies_as_json(self.tallies),
            "schools": {school: _tallies_as_json(it) for school, it in self.schools.items()},
            "names": dict(self.names),
            "figures": [_trim(asdict(figure)) for figure in self.figures],
            "rows": {file: list(rows) for file, rows in self.rows.items()},
            "drift": [_trim(asdict(drift)) for drift in self.drift],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Statistics:
        """Return the statistics that `as_json` gave."""
        return cls(
            is_first=value["is_first"],
            tallies=_tallies_from_json(value["tallies"]),
            schools={school: _tallies_from_json(it) for school, it in value["schools"].items()},
            names=dict(value["names"]),
            figures=tuple(
                Figure(**{"amount": 0, "of": 0, **figure}) for figure in value["figures"]
            ),
            rows={file: (before, now) for file, (before, now) in value["rows"].items()},
            drift=tuple(Drift(**drift) for drift in value["drift"]),
        )


def _tallies_as_json(tallies: Mapping[str, Tally]) -> dict[str, dict[str, int]]:
    return {subject: _trim(asdict(tally)) for subject, tally in tallies.items()}


def _tallies_from_json(value: Mapping[str, Mapping[str, int]]) -> dict[str, Tally]:
    return {subject: Tally(**counts) for subject, counts in value.items()}


def _trim(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (0, None, {})}
