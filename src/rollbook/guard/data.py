"""Values that go into the guard and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rollbook.oneroster import Resource


class Decision(StrEnum):
    """What becomes of a change set."""

    GO = "go"
    HOLD = "hold"  # a person decides


@dataclass(frozen=True, slots=True)
class Policy:
    """How much may go without asking.

    Attributes:
        removal_share: Removals above this share of the active records hold the run.
        removal_floor: Up to this many removals of a resource never hold it.
        without_floor: Resources for which no removal is small.
    """

    removal_share: float = 0.10
    removal_floor: int = 10
    without_floor: frozenset[Resource] = field(
        default_factory=lambda: frozenset({Resource.ORGS, Resource.ACADEMIC_SESSIONS})
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a run is held: a stable code and a sentence for the district."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The guard's word."""

    decision: Decision
    reasons: tuple[Reason, ...] = ()

    def hold_also(self, reason: Reason) -> Verdict:
        """Return a verdict that holds for one reason more."""
        return Verdict(Decision.HOLD, (*self.reasons, reason))


@dataclass(frozen=True, slots=True)
class Removals:
    """How many active records of one resource would go."""

    active: int
    abandon: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 when nothing is active."""
        return self.abandon / self.active if self.active else 0.0


RemovalsByResource = Mapping[Resource, Removals]
