"""The rows of enrollments.csv, three quarters of all rows: made as text, class by class.

The rows of a class differ only in the person, so its text is made once and the ids are put in. That
takes less than half the time of making each row from its fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rollbook.convert.package import row_writer
from rollbook.generate.classes import class_id
from rollbook.generate.district import District, student_number
from rollbook.generate.layout import Group, School, class_key
from rollbook.generate.levels import Slot
from rollbook.generate.sessions import begin_date
from rollbook.generate.staffing import Staffing, aide_id, teacher_id
from rollbook.oneroster import Resource

_PERSON = "\0"  # stands for the person's id in the text of a row
_write = row_writer(Resource.ENROLLMENTS)


@dataclass(frozen=True, slots=True)
class _Roll:
    """One class with its students: the seats they have, and the student number on each."""

    school: School
    group: Group
    slot: Slot
    slot_number: int
    seats: list[int]
    numbers: Mapping[int, str]

    def line_around(self, fields: dict[str, str]) -> list[str]:
        """Return the text of a row before, between and after the two places of the person's id."""
        class_sourced_id = class_id(self.school, self.group, self.slot)
        row = {
            "sourcedId": f"e{class_sourced_id[1:]}-{_PERSON}",
            "classSourcedId": class_sourced_id,
            "schoolSourcedId": self.school.sourced_id,
            "userSourcedId": _PERSON,
        }
        return _write(row | fields).split(_PERSON)


def enrollment_lines(district: District) -> Iterator[list[str]]:
    """Yield the lines of one class at a time: staff first, then students."""
    staffing = Staffing.of(district)
    for roll in _rolls(district):
        yield [*_staff_lines(staffing, roll), *_student_lines(roll, district.journal.taken_on)]


def _rolls(district: District) -> Iterator[_Roll]:
    layout, journal = district.layout, district.journal
    extras = _seats_by_extra_class(district)
    for group in layout.groups:
        school = layout.school_of(group)
        numbers = _numbers_on(district, group.seats)
        partner_seats = range(0)
        if group.partner is not None:
            partner_seats = layout.groups[group.partner].seats
            numbers |= _numbers_on(district, partner_seats)
        for slot_number, slot in enumerate(school.level.slots):
            seats = [*group.seats]
            if slot.is_mixed and partner_seats:
                seats = [*group.seats[::2], *partner_seats[1::2]]
            if slot is school.level.slots[-1] and journal.dropped:
                seats = [seat for seat in seats if seat not in journal.dropped]
            if extra := extras.get(class_key(group, slot_number)):
                seats += extra
                numbers |= {seat: student_number(journal.student_at(seat)) for seat in extra}
            yield _Roll(school, group, slot, slot_number, seats, numbers)


def _numbers_on(district: District, seats: range) -> dict[int, str]:
    students = district.journal.students_at(seats)
    return dict(zip(seats, map(student_number, students), strict=True))


def _seats_by_extra_class(district: District) -> dict[int, list[int]]:
    """Return the seats that joined another group's class, by the key of the class."""
    extras: dict[int, list[int]] = {}
    for seat in sorted(district.journal.added):
        extra = district.layout.extra_class_of(seat)
        if extra is not None:
            extras.setdefault(class_key(*extra), []).append(seat)
    return extras


def _student_lines(roll: _Roll, taken_on: Mapping[int, int]) -> list[str]:
    """Return a line for each student. Who came after the first day has the day as beginDate."""
    numbers = roll.numbers
    before, between, after = roll.line_around({"role": "student"} | _term_dates(roll.slot, day=1))
    if taken_on.keys().isdisjoint(roll.seats):
        return [f"{before}{(n := numbers[seat])}{between}{n}{after}" for seat in roll.seats]
    lines = []
    for seat in roll.seats:
        dates = _term_dates(roll.slot, day=taken_on.get(seat, 1))
        pieces = roll.line_around({"role": "student"} | dates)
        lines.append(numbers[seat].join(pieces))
    return lines


def _term_dates(slot: Slot, *, day: int) -> dict[str, str]:
    """Return beginDate and endDate: blank for a whole year from its first day."""
    dates = {}
    if len(slot.sessions) == 1:
        dates["endDate"] = slot.sessions[-1].ends_on.isoformat()
    if day > 1 or len(slot.sessions) == 1:
        dates["beginDate"] = begin_date(slot.sessions, day=day).isoformat()
    return dates


def _staff_lines(staffing: Staffing, roll: _Roll) -> Iterator[str]:
    """Yield the lines of the primary teacher, and of a co-teacher and an aide if any."""
    teacher = {"role": "teacher", "primary": "true"}
    primary = staffing.primary_teacher(roll.group, roll.slot_number)
    yield teacher_id(primary).join(roll.line_around(teacher))
    second = staffing.co_teacher(roll.group, roll.slot_number)
    if second is not None:
        yield teacher_id(second).join(roll.line_around(teacher | {"primary": "false"}))
    aide = staffing.aide(roll.group) if roll.slot.is_homeroom else None
    if aide is not None:
        yield aide_id(aide).join(roll.line_around({"role": "proctor"}))
