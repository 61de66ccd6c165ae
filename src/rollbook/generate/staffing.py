"""Who teaches which class, and in which period."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from rollbook.generate.district import District
from rollbook.generate.draws import draw
from rollbook.generate.layout import Group, School, class_key
from rollbook.generate.levels import Slot

_GROUPS_PER_AIDE = 6
_ONE_IN_CO_TAUGHT = 12


@dataclass(frozen=True, slots=True)
class Staffing:
    """The staff in the classes of a district, as numbers: see `teacher_id`, `aide_id`."""

    district: District
    first_aides: tuple[int, ...]
    co_teaching: int

    @classmethod
    def of(cls, district: District) -> Staffing:
        """Return the staffing of a district."""
        aides = accumulate(map(aide_count, district.layout.schools), initial=0)
        return cls(district, tuple(aides), district.stream("co-teaching"))

    def primary_teacher(self, group: Group, slot_number: int) -> int:
        """Return the number of a class's primary teacher."""
        school = self.district.layout.school_of(group)
        changes = self.district.journal.teachers.get(class_key(group, slot_number), 0)
        place = _teacher_place(school, group, school.level.slots[slot_number])
        return school.first_teacher + (place + changes) % school.teacher_count

    def co_teacher(self, group: Group, slot_number: int) -> int | None:
        """Return the number of a class's second teacher, if it has one."""
        if draw(self.co_teaching, class_key(group, slot_number)) % _ONE_IN_CO_TAUGHT:
            return None
        school = self.district.layout.school_of(group)
        primary = self.primary_teacher(group, slot_number)
        second = school.first_teacher + (primary + 1 - school.first_teacher) % school.teacher_count
        return second if second != primary else None

    def aide(self, group: Group) -> int | None:
        """Return the number of the aide who watches over a group's homeroom, if it has one."""
        aide, other = divmod(group.ordinal, _GROUPS_PER_AIDE)
        return None if other else self.first_aides[group.school] + aide


def _teacher_place(school: School, group: Group, slot: Slot) -> int:
    """Return which of the school's teachers takes a class on the first day.

    Positions are shared out by rank, so that a teacher's groups are rarely partners, whose classes
    are in the same period. Where one position ends and the next begins two periods can still meet.
    """
    group_count = len(school.groups)
    if slot.position is None:
        if school.level.has_class_teachers:
            return group.ordinal
        return group.ordinal * school.teacher_count // group_count
    class_teachers = group_count if school.level.has_class_teachers else 0
    turn = slot.position * group_count + group.rank
    return class_teachers + turn // school.level.classes_per_teacher


def periods_of(school: School, group: Group, slot: Slot) -> tuple[int, ...]:
    """Return the periods of a class; none for a homeroom."""
    if slot.position is None:
        return slot.periods
    turn = (slot.position + group.block) % school.level.position_count
    return (school.level.first_period + turn,)


def aide_count(school: School) -> int:
    """Return how many aides a school has."""
    return -(-len(school.groups) // _GROUPS_PER_AIDE)


def teacher_id(number: int) -> str:
    """Return the id of a teacher, `T-0001` for number 0."""
    return f"T-{number + 1:04d}"


def aide_id(number: int) -> str:
    """Return the id of an aide, `I-0001` for number 0."""
    return f"I-{number + 1:04d}"
