"""Families: consecutive students who share a home, a name and guardians, found by arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from rollbook.generate.draws import draw, stream_of
from rollbook.generate.names import Culture, Name, doubled, paired, weighted_cultures

# Every dozen of students is cut into families in one of these ways.
_DOZENS = (
    (1, 2, 1, 3, 2, 1, 2),
    (2, 1, 1, 2, 1, 1, 3, 1),
    (1, 1, 2, 2, 1, 2, 1, 1, 1),
    (3, 2, 1, 1, 1, 4),
    (2, 2, 3, 1, 2, 1, 1),
    (1, 1, 1, 2, 5, 1, 1),
    (2, 1, 2, 1, 2, 1, 2, 1),
)
_STARTS = tuple(tuple(accumulate(sizes[:-1], initial=0)) for sizes in _DOZENS)
_START_OF = tuple(
    tuple(max(start for start in starts if start <= place) for place in range(12))
    for starts in _STARTS
)
_SIZE_FROM = tuple(
    dict(zip(starts, sizes, strict=True)) for starts, sizes in zip(_STARTS, _DOZENS, strict=True)
)


@dataclass(frozen=True, slots=True)
class Family:
    """One to five children with their guardians.

    Attributes:
        first: Number of the first child; names the family.
        children: Numbers of the children, whether they are in the district today or not.
        surname, other_surname: The names that its members combine.
        bits: Chance for everything else about the family.
    """

    first: int
    children: range
    culture: Culture
    surname: Name
    other_surname: Name
    bits: int

    @property
    def guardian_count(self) -> int:
        """One guardian or two."""
        return 1 + (self.bits % 16 < 9)

    @property
    def child_surname(self) -> Name:
        """The family name of most of the children."""
        style = self.bits >> 4 & 15
        if self.culture.has_two_surnames and style < 9:
            return paired(self.surname, self.other_surname)
        return doubled(self.surname, self.other_surname) if style == 15 else self.surname


@dataclass(frozen=True, slots=True)
class Families:
    """All families of one seed; families of newcomers follow those of the first day."""

    size_stream: int
    name_stream: int

    @classmethod
    def of_seed(cls, seed: int) -> Families:
        """Return the families of a seed."""
        return cls(stream_of(seed, "family sizes"), stream_of(seed, "family names"))

    def first_of(self, student: int) -> int:
        """Return the number of the first child in a student's family."""
        dozen, place = divmod(student, 12)
        return dozen * 12 + _START_OF[self._cut(dozen)][place]

    def family_of(self, student: int) -> Family:
        """Return a student's family."""
        return self._family(self.first_of(student))

    def until(self, student_count: int) -> Iterator[Family]:
        """Yield every family whose first child is among the first so many students."""
        first = 0
        while first < student_count:
            family = self._family(first)
            yield family
            first = family.children.stop

    def _cut(self, dozen: int) -> int:
        return draw(self.size_stream, dozen) % len(_DOZENS)

    def _family(self, first: int) -> Family:
        dozen, place = divmod(first, 12)
        bits = draw(self.name_stream, first)
        cultures = weighted_cultures()
        culture = cultures[(bits >> 8 & 0xFFFF) % len(cultures)]
        names = culture.families
        if bits >> 24 & 7 == 0:
            names = cultures[(bits >> 27 & 0xFFFF) % len(cultures)].families
        surname = culture.families[(bits >> 43 & 0x3FF) % len(culture.families)]
        other = names[(bits >> 53) % len(names)]
        if other == surname:
            other = names[((bits >> 53) + 1) % len(names)]
        size = _SIZE_FROM[self._cut(dozen)][place]
        return Family(first, range(first, first + size), culture, surname, other, bits)
