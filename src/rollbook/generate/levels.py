"""Elementary, middle and high school, and the slots that make up a timetable at each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rollbook.generate.sessions import SEMESTER_1, SEMESTER_2, Session


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in the timetable of a group of students, filled by one class.

    Attributes:
        code: Names the slot in ids and in `courses.csv`.
        sessions: The terms in which the class meets.
        position: Where the class stands in the teachers' day. Slots with one position share a
            teacher and a period, in different semesters. None: the group's own teacher, outside the
            periods.
        periods: Fixed periods, for the long blocks of the elementary day; empty where they rotate.
        room: The place when it is not the teacher's room.
        is_mixed: Whether two partner groups exchange half their students for this class.
    """

    code: str
    sessions: tuple[Session, ...] = (SEMESTER_1, SEMESTER_2)
    position: int | None = None
    periods: tuple[int, ...] = ()
    room: str = ""
    is_mixed: bool = False

    @property
    def is_homeroom(self) -> bool:
        """Whether the class is the group's home, of classType homeroom."""
        return self.position is None and not self.periods


_ELEMENTARY_SLOTS = (
    Slot("HR"),
    Slot("ELA", periods=(1, 2)),
    Slot("MATH", periods=(3, 4)),
    Slot("SCI", periods=(5,)),
    Slot("ART", position=0, room="Art Studio, West Wing"),
    Slot("MUS", position=1, room="Music Room"),
    Slot("PE", position=2, room="Gym"),
    Slot("LIB", position=3, room="Library"),
)

_SECONDARY_SLOTS = (
    Slot("ADV"),
    Slot("ELA", position=0),
    Slot("MATH", position=1, is_mixed=True),
    Slot("SCI", position=2),
    Slot("SOC", position=3, is_mixed=True),
    Slot("LANG", position=4, is_mixed=True),
    Slot("ARTS", position=5, is_mixed=True),
    Slot("PE", (SEMESTER_1,), position=6, room="Gym"),
    Slot("HLT", (SEMESTER_2,), position=6),
    Slot("EL1", (SEMESTER_1,), position=7, is_mixed=True),
    Slot("EL2", (SEMESTER_2,), position=7),
)


@dataclass(frozen=True, slots=True)
class _LevelPlan:
    label: str
    grades: tuple[str, ...]
    slots: tuple[Slot, ...]
    first_period: int
    classes_per_teacher: int
    has_class_teachers: bool


class Level(Enum):
    """A kind of school. The order is that of a child's way through them."""

    ELEMENTARY = _LevelPlan(
        label="Elementary",
        grades=("KG", "01", "02", "03", "04", "05"),
        slots=_ELEMENTARY_SLOTS,
        first_period=6,
        classes_per_teacher=8,
        has_class_teachers=True,
    )
    MIDDLE = _LevelPlan(
        label="Middle",
        grades=("06", "07", "08"),
        slots=_SECONDARY_SLOTS,
        first_period=1,
        classes_per_teacher=5,
        has_class_teachers=False,
    )
    HIGH = _LevelPlan(
        label="High",
        grades=("09", "10", "11", "12"),
        slots=_SECONDARY_SLOTS,
        first_period=1,
        classes_per_teacher=5,
        has_class_teachers=False,
    )

    @property
    def label(self) -> str:
        """The word in a school's name."""
        return self.value.label

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades taught, youngest first."""
        return self.value.grades

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The timetable of each group of students."""
        return self.value.slots

    @property
    def first_period(self) -> int:
        """The first of the periods through which classes without fixed periods rotate."""
        return self.value.first_period

    @property
    def classes_per_teacher(self) -> int:
        """How many positions one teacher takes."""
        return self.value.classes_per_teacher

    @property
    def has_class_teachers(self) -> bool:
        """Whether each group has a teacher of its own for all slots without a position."""
        return self.value.has_class_teachers

    @property
    def position_count(self) -> int:
        """How many positions the timetable of a group has."""
        return 1 + max(slot.position for slot in self.slots if slot.position is not None)

    def teachers_for(self, group_count: int) -> int:
        """Return how many teachers a school with so many groups has."""
        class_teachers = group_count if self.has_class_teachers else 0
        return class_teachers - (-self.position_count * group_count // self.classes_per_teacher)
