"""Birth dates that fit a student's grade, and keep students of one name apart.

Two students of one name who were born on one day look like one who was entered twice. So nobody
gets a birthday that an earlier student of the name has, whichever of the spellings to which a
correction may change it is looked at. Earlier are those of the first day by seat, then newcomers in
the order in which they came: what later days bring moves no birthday of the days before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zlib import crc32

from rollbook.generate.district import District
from rollbook.generate.draws import draw
from rollbook.generate.levels import Level
from rollbook.generate.names import respelled
from rollbook.generate.students import Student, other_surname

_GRADES = tuple(grade for level in Level for grade in level.grades)
_AGE_IN_FIRST_GRADE = 5  # of those listed: kindergarten
_ENTRY_DAYS = {
    grade: date(2026 - _AGE_IN_FIRST_GRADE - place, 9, 1).toordinal()
    for place, grade in enumerate(_GRADES)
}
_BITS_PER_STUDENT = 128
_TRIES = 60  # days; beyond some millions of students there are too few names for all


class Birthdays:
    """The birthday of every student who ever was in a district.

    Which are taken is kept as one bit each, found by a checksum of name and day: 16 bytes for a
    student. Should two share a bit by chance, one of them is born some days later.
    """

    def __init__(self, district: District) -> None:
        """Give each student a birthday; only the few that had to be moved are remembered."""
        self._stream = district.stream("demographics")
        self._size = _BITS_PER_STUDENT * max(district.layout.seat_count, 1000)
        self._taken = bytearray(self._size // 8)
        self._moved: dict[int, int] = {}
        for student, grade in _all_students(district):
            self._settle(student, grade)

    def of(self, student: int, grade: str) -> str:
        """Return the birth date of a student who came in a grade."""
        day = self._moved.get(student) or self._first_choice(student, grade)
        return date.fromordinal(day).isoformat()

    def _first_choice(self, student: int, grade: str) -> int:
        """Return a day that fits a grade; one child in thirty-two stayed a year longer."""
        bits = draw(self._stream, student)
        days = (bits >> 32 & 0xFFFF) % 365 + (365 if bits >> 48 & 31 == 0 else 0)
        return _ENTRY_DAYS[grade] - days

    def _settle(self, student: Student, grade: str) -> None:
        first = day = self._first_choice(student.index, grade)
        names = [crc32(name.encode()) for name in _names_of(student)]
        for tried in range(_TRIES):
            day = first - tried
            places = [crc32(day.to_bytes(4, "big"), name) % self._size for name in names]
            if not any(self._taken[place >> 3] >> (place & 7) & 1 for place in places):
                for place in places:
                    self._taken[place >> 3] |= 1 << (place & 7)
                break
        if day != first:
            self._moved[student.index] = day


def _all_students(district: District) -> Iterator[tuple[Student, str]]:
    """Yield everybody who ever came, with the grade in which they did."""
    layout, journal, stream = district.layout, district.journal, district.stream("students")
    for group in layout.groups:
        student_of = layout.zone_at(group.seats.start).student_of
        for seat in group.seats:
            yield _student(district, stream, student_of(seat)), group.grade_of(seat)
    for index in range(layout.seat_count, journal.student_count):
        seat = journal.first_seat_of(index)
        yield _student(district, stream, index), layout.group_at(seat).grade_of(seat)


def _student(district: District, stream: int, index: int) -> Student:
    return Student(index, district.families.family_of(index), draw(stream, index))


def _names_of(student: Student) -> set[str]:
    """Return the names that a student has or may get, in small letters."""
    given = student.given
    lasts = student.surname.text.lower(), other_surname(student).text.lower()
    firsts = given.text.lower(), respelled(given).text.lower()
    return {f"{first} {last}" for first in firsts for last in lasts}
