"""Values that go into the guard and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Decision(StrEnum):
    """What becomes of a change set."""

    GO = "go"
    HOLD = "hold"  # a person decides
    REFUSE = "refuse"  # nobody can decide for it


@dataclass(frozen=True, slots=True)
class Setting:
    """What one guard lets pass.

    Attributes:
        on: Whether it looks at all.
        percent: More than this share holds; None: there is no share to speak of.
        records: Up to this many never hold.
        per_school: Whether each school is looked at by itself, too.
    """

    on: bool = True
    percent: float | None = None
    records: int = 0
    per_school: bool = True


Rules = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By scope (`district`, `resources.<subject>`, `schools.<sourcedId>`) and guard: parts of a
setting. What is not said is as in the wider scope, and at last as in the guard's own defaults."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How much may change without asking.

    Attributes:
        layers: The district's rules, then those that count for one run: the later ones win.
        removals_wait: When too much would be removed, additions and updates are published all the
            same, and only the removals wait.
    """

    layers: tuple[Rules, ...] = ()
    removals_wait: bool = False

    def with_override(self, rules: Rules) -> Policy:
        """Return the policy with rules on top that win over all of its own."""
        return replace(self, layers=(*self.layers, rules))


@dataclass(frozen=True, slots=True)
class Records:
    """Which records a reason is about.

    Attributes:
        change: create, update or abandon; None where it is no one kind of change.
        count: How many there are.
        ids: The first of them, by their sourcedId.
    """

    change: str | None = None
    count: int = 0
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a run is held: a stable code and a sentence for the district, and where it applies.

    Attributes:
        guard: The guard by whose setting it is avoided; empty when no setting does.
        subject: The resource or kind of record; empty: the delivery as a whole.
        field: The field that changes; empty: the whole record.
        schools: The schools that it is about; empty: the district.
    """

    code: str
    sentence: str
    guard: str = ""
    subject: str = ""
    field: str = ""
    schools: tuple[str, ...] = ()
    records: Records = Records()

    def as_json(self) -> dict[str, Any]:
        """Return the reason as the run keeps it."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def is_about_removals(self) -> bool:
        """Whether it would not be there if nothing were removed."""
        return self.records.change == "abandon"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The guard's word.

    Attributes:
        needs_second: So much would be removed that two people must say yes.
        removals_may_wait: Additions and updates may go ahead without the removals.
        removals_wait: They do.
        notices: What somebody should look at; nothing is held for it.
    """

    decision: Decision
    reasons: tuple[Reason, ...] = ()
    notices: tuple[Reason, ...] = ()
    needs_second: bool = False
    removals_may_wait: bool = False
    removals_wait: bool = False

    def hold_also(self, reason: Reason) -> Verdict:
        """Return a verdict that holds for one reason more."""
        return replace(self, decision=Decision.HOLD, reasons=(*self.reasons, reason))

    def as_json(self) -> dict[str, Any]:
        """Return what the run keeps of it, for whoever looks back."""
        return {
            "decision": str(self.decision),
            "reasons": [reason.code for reason in self.reasons],
            "notices": [notice.as_json() for notice in self.notices],
            "needs_second": self.needs_second,
            "removals_may_wait": self.removals_may_wait,
            "removals_wait": self.removals_wait,
        }


@dataclass(frozen=True, slots=True)
class Excess:
    """One guard's limit passed by one subject: in the district, or at some schools.

    Attributes:
        places: (school or None, amount, of, limit in percent), the worst first.
        parts: Of the first place: what the amount is made of.
    """

    guard: str
    subject: str
    field: str | None
    places: tuple[tuple[str | None, int, int, float | None], ...]
    parts: Mapping[str, int]

    @property
    def is_at_schools(self) -> bool:
        """Whether it is about single schools."""
        return self.places[0][0] is not None
