"""The district as numbered seats: which school, grade and group each seat belongs to.

A seat is a place in a school that one student takes. Seats never change from day to day; students
come to them, leave them and exchange them. So no class grows or empties, whatever the churn.

Seats are numbered zone by zone (a zone is a neighbourhood with its own elementary, middle and high
schools), and in a zone by grade, school and group. Siblings have consecutive numbers and are sent
`step` seats apart, two grades on, so that they grow up in the same schools of one zone.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from rollbook.generate.levels import Level


@dataclass(frozen=True, slots=True)
class Zone:
    """A neighbourhood: `size` seats from `first` on, taken by the students of the same numbers."""

    first: int
    size: int
    step: int
    step_back: int

    def seat_of(self, student: int) -> int:
        """Return the seat that a student has at the start."""
        return self.first + (student - self.first) * self.step % self.size

    def student_of(self, seat: int) -> int:
        """Return the student who has a seat at the start."""
        return self.first + (seat - self.first) * self.step_back % self.size


@dataclass(frozen=True, slots=True)
class Group:
    """About 25 students of one school and grade, with one timetable.

    Attributes:
        index: Position among all groups of the district, in the order of seats.
        ordinal: Position among the groups of the school.
        block: Number of the pair in the school: partners have the same periods.
        partner: Index of the group with which students are exchanged for mixed classes, or None.
        grades: The grade; of a small school the grades that are taught together.
        rank: Position in the order in which teachers take groups: first one of each pair, then the
            others.
    """

    index: int
    school: int
    ordinal: int
    block: int
    partner: int | None
    rank: int
    grades: tuple[str, ...]
    seats: range

    def grade_of(self, seat: int) -> str:
        """Return the grade of the student on a seat."""
        return self.grades[(seat - self.seats.start) % len(self.grades)]


@dataclass(frozen=True, slots=True)
class School:
    """A school, with its groups in the order of grades."""

    index: int
    level: Level
    groups: tuple[int, ...]
    first_teacher: int
    teacher_count: int

    @property
    def sourced_id(self) -> str:
        """The org's id."""
        return f"sch-{self.index + 101}"


@dataclass(frozen=True, slots=True)
class Layout:
    """All zones, schools and groups of a district."""

    zones: tuple[Zone, ...]
    schools: tuple[School, ...]
    groups: tuple[Group, ...]
    zone_starts: tuple[int, ...]
    group_starts: tuple[int, ...]

    @property
    def seat_count(self) -> int:
        """How many students the district has, on every day."""
        return self.groups[-1].seats.stop

    @property
    def teacher_count(self) -> int:
        """How many teachers the district has, on every day."""
        return self.schools[-1].first_teacher + self.schools[-1].teacher_count

    def zone_at(self, number: int) -> Zone:
        """Return the zone of a seat, or of a student who was there from the start."""
        return self.zones[bisect_right(self.zone_starts, number) - 1]

    def group_at(self, seat: int) -> Group:
        """Return the group of a seat."""
        return self.groups[bisect_right(self.group_starts, seat) - 1]

    def school_of(self, group: Group) -> School:
        """Return the school of a group."""
        return self.schools[group.school]

    def school_at(self, seat: int) -> School:
        """Return the school of a seat."""
        return self.schools[self.group_at(seat).school]

    def extra_class_of(self, seat: int) -> tuple[Group, int] | None:
        """Return group and slot of a class to take on top; None in a small school."""
        own = self.group_at(seat)
        school = self.school_of(own)
        other = school.groups[(own.ordinal + 2) % len(school.groups)]
        if other in (own.index, own.partner):
            return None
        return self.groups[other], len(school.level.slots) - 2


def class_key(group: Group, slot_number: int) -> int:
    """Return the number of one class among all of a district."""
    return group.index * 16 + slot_number
