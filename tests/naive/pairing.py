"""Whether two records are one, and whether one id stands for two people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.naive.records import Record

_KIND = {"student": "student", "parent": "family", "guardian": "family", "relative": "family"}
_ALIKE = re.compile(r"^[^1-9]*")


@dataclass(frozen=True)
class Person:
    """What tells people apart."""

    kind: str
    given: str
    family: str
    born: str
    evidence: frozenset[tuple[str, ...]]  # kind of evidence first

    @staticmethod
    def of(values: dict[str, Any], born: str | None) -> Person:
        """Return the person that a user's values and a birth date describe."""

        def text(name: str) -> str:
            return values.get(name) or ""

        evidence: set[tuple[str, ...]] = {
            ("number", "userIds", it.strip(" {}")) for it in text("userIds").split(",") if it
        }
        if text("email"):
            evidence.add(("email", text("email")))
        if text("identifier"):
            evidence.add(("number", "identifier", text("identifier")))
        if born and text("givenName") and text("familyName"):
            evidence.add(("birth", text("givenName"), text("familyName"), born))
        return Person(
            _KIND.get(text("role"), "staff"),
            text("givenName"),
            text("familyName"),
            born or "",
            frozenset(evidence),
        )

    def has_other_name(self, other: Person) -> bool:
        """Say whether given and family name both differ."""
        return self.given != other.given and self.family != other.family

    def has_other_birth_date(self, other: Person) -> bool:
        """Say whether both birth dates are stated and differ."""
        return bool(self.born and other.born and self.born != other.born)

    def is_somebody_else(self, other: Person) -> bool:
        """Say whether one id was given to another person."""
        return self.has_other_name(other) and self.has_other_birth_date(other)

    def contradicts(self, other: Person) -> bool:
        """Say whether two ids cannot be one person, whatever they share."""
        return (
            self.kind != other.kind
            or self.has_other_name(other)
            or self.has_other_birth_date(other)
        )


@dataclass(frozen=True, eq=False)
class Departed:
    """A record that left, and what is known of it when something comes under its id again.

    Attributes:
        person: Who it was, if it was a user.
        years: The school years of its terms, if it was a class.
    """

    record: Record
    person: Person | None
    years: set[str]


def find_rekeyed(
    gone: dict[str, Person],
    come: dict[str, Person],
    *,
    alike: set[tuple[str, str]],
    before: Iterable[Person],
    after: Iterable[Person],
) -> dict[str, tuple[str, str]]:
    """Pair people who left with people who came, one to one.

    Args:
        alike: Pairs that say the same under an id that is only written otherwise.
        before: Everybody whom the source had published.
        after: Everybody whom it will have published.

    Returns:
        Old id to new id and confidence.
    """
    old = Counter(it for person in before for it in person.evidence)
    new = Counter(it for person in after for it in person.evidence)
    pairs = []
    for was, left in gone.items():
        for now, came in come.items():
            shared = {
                it[0] for it in left.evidence & came.evidence if old[it] == 1 and new[it] == 1
            }
            is_alike = (was, now) in alike
            if (shared or is_alike) and not left.contradicts(came):
                pairs.append((was, now, "certain" if len(shared) > 1 else "likely"))
    return _one_to_one(pairs)


def find_respelt(
    gone: Iterable[Record],
    come: Iterable[str],
    is_same_content: Callable[[Record, str], bool],
) -> dict[str, tuple[str, str]]:
    """Pair records whose ids differ in leading zeros or a prefix and that say the same."""
    ids = [*come]
    pairs = [
        (record.sourced_id, now, "certain")
        for record in gone
        for now in ids
        if are_alike(record.sourced_id, now) and is_same_content(record, now)
    ]
    return _one_to_one(pairs)


def are_alike(one: str, other: str) -> bool:
    """Say whether two ids are the same but for leading zeros or a prefix of letters."""
    cores = [_ALIKE.sub("", it) for it in (one, other)]
    return bool(cores[0]) and cores[0] == cores[1]


def _one_to_one(pairs: list[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    olds = Counter(was for was, _, _ in pairs)
    news = Counter(now for _, now, _ in pairs)
    return {
        was: (now, confidence)
        for was, now, confidence in pairs
        if olds[was] == 1 and news[now] == 1
    }


def is_of_a_later_year(before: set[str], after: set[str]) -> bool:
    """Say whether a class id is used again: every term of now is later than all of then."""
    return bool(before and after) and min(after) > max(before)
