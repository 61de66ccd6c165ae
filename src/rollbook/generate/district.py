"""One district on one day: all that the rows of its files are computed from."""

from __future__ import annotations

from dataclasses import dataclass

from rollbook.generate.churn import keep_journal
from rollbook.generate.draws import stream_of
from rollbook.generate.families import Families
from rollbook.generate.journal import Journal
from rollbook.generate.layout import Layout
from rollbook.generate.names import unaccented
from rollbook.generate.planning import plan_layout

DISTRICT_ID = "d-100"
_NUMBERS = 9_999_991  # a prime, so that multiplying modulo it gives each student another number

_STATE_NUMBERS = 9_999_999_967  # a prime too


@dataclass(frozen=True, slots=True)
class District:
    """What is known of a district: its seats, its families, and what happened since day 1.

    Attributes:
        domain: Where its addresses are, `oakwood-unified.example`.
    """

    name: str
    domain: str
    seed: int
    layout: Layout
    families: Families
    journal: Journal

    def stream(self, purpose: str) -> int:
        """Return the stream of chance for one purpose."""
        return stream_of(self.seed, purpose)


def open_district(*, name: str, students: int, seed: int, day: int, churn: float) -> District:
    """Plan a district of some students and live through its days."""
    layout = plan_layout(students)
    families = Families.of_seed(seed)
    return District(
        name=name,
        domain=domain_of(name),
        seed=seed,
        layout=layout,
        families=families,
        journal=keep_journal(layout, families, seed=seed, day=day, churn=churn),
    )


def student_number(student: int) -> str:
    """Return the seven digits that name a student, in no order: `0012345` comes first."""
    return f"{(student * 7919 + 12345) % _NUMBERS:07d}"


def state_number(student: int) -> str:
    """Return the ten digits by which the state knows a student, no two alike."""
    return f"{(student * 7_368_787_411 + 4_073_158_296) % _STATE_NUMBERS:010d}"


def domain_of(name: str) -> str:
    """Return the domain of a district's addresses, `oakwood-unified.example`."""
    return f"{_slug(name)}.example"


def _slug(name: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in unaccented(name).lower())
    return "-".join(words.split()) or "district"
